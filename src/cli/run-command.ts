import type { Command } from 'commander';
import { CliError } from './cli-error.ts';
import { escapeText } from '../foreign/escape.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { colorsFor, warn } from './terminal.ts';

/** What most commands understand. */
export interface CommonOptions {
  json?: boolean;
  url?: string;
}

/** Runs the body of a command: its number is the exit code, and its error is told in words or, with `--json`, as JSON. */
export async function runCommand(
  terminal: Terminal,
  options: CommonOptions,
  body: () => Promise<number>,
): Promise<void> {
  try {
    terminal.setExitCode(await body());
  } catch (error) {
    terminal.setExitCode(error instanceof CliError ? error.exitCode : EXIT.other);
    tell(terminal, options, error);
  }
}

/** Adds the options of every command that asks the API. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', 'address of the gate (else GATEHOUSE_URL, else this machine with GATEHOUSE_PORT)')
    .option('--json', "print the API's object unchanged, and problems as JSON on standard error");
}

/** Sees to it that a command line that cannot be understood ends with the exit code for that, here and in every subcommand. */
export function exitAsDocumented(command: Command, terminal: Terminal): void {
  command.exitOverride((error) => terminal.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage));
  command.configureOutput({
    writeOut: (text) => void terminal.stdout.write(text),
    writeErr: (text) => void terminal.stderr.write(text),
  });
  for (const child of command.commands) exitAsDocumented(child, terminal);
}

function tell(terminal: Terminal, options: CommonOptions, error: unknown): void {
  if (options.json === true) {
    const failed = error instanceof CliError ? error : new CliError('failed', messageOf(error), EXIT.other);
    warn(terminal, failed.toJsonText());
    return;
  }
  const { red, bold } = colorsFor(terminal, terminal.stderr);
  const code = error instanceof CliError ? ` ${bold(error.code)}:` : '';
  // Line breaks of our own messages stand; everything else in them may come from elsewhere.
  const lines = messageOf(error)
    .split('\n')
    .map((line) => escapeText(line));
  warn(terminal, `${red('gatehouse:')}${code} ${lines.join('\n')}`);
  if (!(error instanceof CliError)) return;
  for (const { field, problem, fix } of error.errors) {
    warn(terminal, `  ${escapeText(`${field}: ${problem}. Fix: ${fix}.`)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
