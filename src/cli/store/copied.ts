import { CopyError, type CopiedRows } from '../../store/copy/copy.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { columns } from '../layout.ts';
import type { CommonOptions } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { colorsFor, say } from '../terminal.ts';

/** Runs a copy, and turns what it refuses into an error of the command. */
export async function copying(work: () => Promise<CopiedRows[]>): Promise<CopiedRows[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CopyError) throw new CliError('copy_refused', error.message, EXIT.other);
    throw error;
  }
}

/** Tells what came over, table by table. */
export function tellCopied(
  terminal: Terminal,
  options: CommonOptions,
  done: string,
  copied: readonly CopiedRows[],
): void {
  if (options.json === true) {
    say(terminal, JSON.stringify({ tables: copied }));
    return;
  }
  const { dim } = colorsFor(terminal);
  const head = ['TABLE', 'ROWS', 'DIGEST'].map((title) => dim(title));
  const rows = copied.map(({ table, rows: count, digest }) => [table, String(count), digest.slice(0, 16)]);
  for (const line of columns([head, ...rows])) say(terminal, line);
  const total = copied.reduce((sum, { rows: count }) => sum + count, 0);
  say(terminal, `${done}: ${String(total)} rows, each table read back and equal.`);
}
