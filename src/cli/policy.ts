import type { Command } from 'commander';
import { loadPolicyFolder } from '../decide/policy-folder.ts';
import { formatProblem } from '../policy/index.ts';

/** Adds `gatehouse policy`: what one does with policy files before they are in force. */
export function addPolicyCommand(
  program: Command,
  write: (text: string) => void = (text) => process.stdout.write(text),
): void {
  const policy = program.command('policy').description('work on policy files');
  policy
    .command('check')
    .description('report everything that is wrong with the policy files of a folder')
    .argument('[dir]', 'folder of policy files', 'policies')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExit codes: 0 the policy is sound; 1 it is not, and every problem is printed.')
    .action((dir: string, options: { json?: boolean }) => {
      const loaded = loadPolicyFolder(dir);
      if (!loaded.ok) process.exitCode = 1;
      if (options.json) write(`${JSON.stringify(summary(loaded), null, 2)}\n`);
      else if (loaded.ok) {
        const { rules, digest } = loaded.policy;
        write(`The policy is sound: ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}, ${digest}\n`);
      } else write(loaded.problems.map((problem) => `${formatProblem(problem)}\n`).join(''));
    });
}

function summary(loaded: ReturnType<typeof loadPolicyFolder>): object {
  if (!loaded.ok) return { ok: false, problems: loaded.problems };
  const { digest, names, rules } = loaded.policy;
  return {
    ok: true,
    digest,
    names,
    rules: rules.map(({ id, effect, place }) => ({ id, effect, ...place })),
    problems: [],
  };
}
