import { modeSchema } from '@gatehouse/sdk/contract';
import { Option } from 'commander';
import type { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { usageError } from './cli-error.ts';
import { connectionFor } from './connection.ts';
import { askGate } from './guard-ask.ts';
import type { GuardCommandOptions } from './guard-input.ts';
import { bindCommand, readContext } from './guard-input.ts';
import { runGuarded } from './guard-run.ts';
import { exitAsDocumented, runCommand, withConnection } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal } from './terminal.ts';

/** `gatehouse guard`: may this action run? With `--run` it runs a command once it may. */
export function addGuardCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const guard = withConnection(
    program.command('guard').description('ask for a decision, or run a command under a permit'),
  )
    .argument('<type>', 'what is done, e.g. delete_records')
    .argument('<target>', 'what it is done to, e.g. production_database')
    .argument('[command...]', 'with --run, after --: what to run')
    .usage('[options] <type> <target> [--run -- command args…]')
    .option('--context <json>', 'the arguments: JSON, @file, or - for standard input')
    .option('--key <key>', 'idempotency key: the same key is the same action, also after a crash')
    .option('--purpose <text>', 'why, for the reviewer')
    .option('--session <id>', 'the conversation or run that it belongs to')
    .option('--tag <tag...>', 'labels that rules may match')
    .addOption(new Option('--mode <mode>', 'who runs it').choices(modeSchema.options).default('permit'))
    .option('--wait', 'wait while people decide, and for the outcome of an executor')
    .option('--run', 'run the command after -- if it is allowed, and report how it ended')
    .action((type: string, target: string, command: string[], options: GuardCommandOptions) =>
      runCommand(terminal, options, async () => {
        checkCommand(command, options);
        const given = await readContext(terminal, options.context);
        const context = options.run === true ? bindCommand(given, command) : given;
        const connection = connectionFor(terminal, 'agent', options.url);
        const wanted = { type, target, context, key: options.key ?? `cli-${randomUUID()}` };
        if (options.run === true) return runGuarded(terminal, connection, wanted, options);
        return askGate(terminal, connection, wanted, options);
      }),
    );
  exitAsDocumented(guard, terminal);
}

function checkCommand(command: readonly string[], { run, mode }: GuardCommandOptions): void {
  if (run === true && mode === 'executor') {
    throw usageError('--run and --mode executor exclude each other: either this command runs it, or an executor does.');
  }
  if (run === true && command.length === 0) throw usageError('--run: give the command after --, e.g. --run -- ls -l.');
  if (run !== true && command.length > 0) {
    throw usageError(`There is a command (${command.join(' ')}) and no --run: add --run to run it if it is allowed.`);
  }
}
