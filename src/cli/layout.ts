import type { Piece } from '../foreign/escape.ts';
import { join } from '../foreign/escape.ts';

/** Aligned columns, two spaces apart; the last is as long as it is. Cells are shown as they are: escape foreign text first. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, widthOf(cell))));
  return rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell)),
    );
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}

/**
 * Breaks pieces into lines of at most `width` columns, so that each line can be given a margin of ours: long foreign text
 * that the terminal wrapped itself could pose as a line of the card. Nothing is left out.
 */
export function wrap(pieces: readonly Piece[], width: number, mark: (text: string) => string): string[] {
  const lines: string[] = [];
  let line: Piece[] = [];
  let used = 0;
  const end = (): void => {
    lines.push(join(line, mark));
    line = [];
    used = 0;
  };
  for (const { text, why } of pieces) {
    let part = '';
    const keep = (): void => {
      if (part !== '') line.push(why === undefined ? { text: part } : { text: part, why });
      part = '';
    };
    for (const character of text) {
      const wide = widthOf(character);
      if (used + wide > width) {
        keep();
        end();
      }
      part += character;
      used += wide;
    }
    keep();
  }
  if (line.length > 0 || lines.length === 0) end();
  return lines;
}

// Colors take no room; what is not Latin counts double, which is right or leaves a gap.
function widthOf(text: string): number {
  let width = 0;
  for (const character of stripColors(text)) width += character < '\u0300' ? 1 : 2;
  return width;
}

function stripColors(text: string): string {
  // eslint-disable-next-line no-control-regex -- our own color codes begin with a control character
  return text.replace(/\u001b\[\d+m/g, '');
}
