import type { CardStyle } from './card.ts';
import { escapeText } from '../foreign/escape.ts';
import { columns } from './layout.ts';
import type { CommonOptions } from './run-command.ts';
import type { Output, Terminal } from './terminal.ts';
import { colorsFor, say } from './terminal.ts';

export interface Page {
  head: readonly string[];
  /** Foreign text; it is escaped here. */
  rows: readonly (readonly string[])[];
  nextCursor: string | null;
  /** What to say where there is nothing. */
  none: string;
}

/** How cards look on that output. */
export function cardStyle(terminal: Terminal, output: Output = terminal.stdout): CardStyle {
  const width = output.isTTY === true ? output.columns : undefined;
  return { colors: colorsFor(terminal, output), ...(width === undefined ? {} : { width }) };
}

/** Prints one page of a list, or with `--json` the very answer. */
export function listPage(terminal: Terminal, options: CommonOptions, text: string, page: Page): void {
  if (options.json === true) {
    say(terminal, text);
    return;
  }
  if (page.rows.length === 0) {
    say(terminal, page.none);
    return;
  }
  const { dim, inverse } = colorsFor(terminal);
  const head = page.head.map((title) => dim(title));
  const rows = page.rows.map((row) => row.map((cell) => escapeText(cell, inverse)));
  for (const line of columns([head, ...rows])) say(terminal, line);
  if (page.nextCursor !== null) say(terminal, dim(`More: --cursor ${escapeText(page.nextCursor)}`));
}
