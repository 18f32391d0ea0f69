import { Command } from 'commander';
import { addCommands } from '../../src/cli/commands.ts';

/** The names of the commands that are there after a command line that begins so. */
async function namesAfter(...words: string[]): Promise<string[]> {
  const program = new Command();
  await addCommands(program, words);
  return program.commands.map((command) => command.name());
}

it('a command line brings the command that it names, and no other', async () => {
  const all = await namesAfter();
  expect(all).toContain('up');
  for (const name of all) expect(await namesAfter(name, '--help')).toEqual([name]);
});

it('help for one command brings that command; what names none brings all, so that the help and its guesses are whole', async () => {
  const all = await namesAfter();
  expect(await namesAfter('help', 'approvals')).toEqual(['approvals']);
  for (const words of [['help'], ['--help'], ['--version'], ['approvls', 'list'], ['constructor']]) {
    expect(await namesAfter(...words)).toEqual(all);
  }
});
