#!/usr/bin/env node
import { Command } from 'commander';
import { addCommands } from './commands.ts';
import { exitAsDocumented } from './run-command.ts';
import { packageVersion } from './serve/paths.ts';
import { processTerminal } from './terminal.ts';

const program = new Command('gatehouse')
  .description('The execution control layer for AI agents.')
  .version(packageVersion())
  .showHelpAfterError();
await addCommands(program, process.argv.slice(2));
exitAsDocumented(program, processTerminal());
// Whoever reads along may have seen enough, as in `| head`: no failure, and nothing more to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  const { SettingsError } = await import('../settings.ts');
  const text = error instanceof SettingsError || !(error instanceof Error) ? String(error) : error.message;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
