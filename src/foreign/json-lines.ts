import type { Json } from '@gatehouse/sdk/contract';
import type { Piece, Span } from './escape.ts';
import { piecesOf } from './escape.ts';

/** One line of a JSON value that is written over several; two spaces for each level of `depth` go before it. */
export interface JsonLine {
  depth: number;
  pieces: Piece[];
}

/** Which spans of the text at a place are of interest, e.g. of `context.steps[2].sql`. */
export type SpansAt = (place: string) => readonly Span[];

const NO_SPANS: SpansAt = () => [];

/**
 * A JSON value over as many lines as it has members, in canonical order and complete. Everything suspicious is escaped as JSON
 * escapes it, so that what is copied is still JSON of the very same value. `place` is what the value itself is called.
 */
export function jsonLines(value: Json, spansAt: SpansAt = NO_SPANS, place = ''): JsonLine[] {
  return linesOf(value, { spansAt, place, depth: 0 });
}

/** The same as one text, e.g. to be edited. */
export function jsonText(value: Json): string {
  return jsonLines(value)
    .map(({ depth, pieces }) => '  '.repeat(depth) + pieces.map(({ text }) => text).join(''))
    .join('\n');
}

interface Where {
  spansAt: SpansAt;
  place: string;
  depth: number;
}

function linesOf(value: Json, where: Where): JsonLine[] {
  const { spansAt, place, depth } = where;
  const inner = (child: Json, childPlace: string): JsonLine[] =>
    linesOf(child, { spansAt, place: childPlace, depth: depth + 1 });
  if (typeof value === 'string') return [{ depth, pieces: textPieces(value, spansAt(place)) }];
  if (value === null || typeof value !== 'object') return [{ depth, pieces: [{ text: JSON.stringify(value) }] }];
  if (Array.isArray(value)) {
    const items = value.map((item, index) => inner(item, `${place}[${String(index)}]`));
    return listed('[', items, ']', depth);
  }
  const members = Object.keys(value)
    .sort()
    .map((key) => named(key, inner(value[key] ?? null, `${place}.${key}`)));
  return listed('{', members, '}', depth);
}

function textPieces(text: string, spans: readonly Span[]): Piece[] {
  return [{ text: '"' }, ...piecesOf(text, true, spans), { text: '"' }];
}

function named(key: string, [first, ...rest]: JsonLine[]): JsonLine[] {
  if (first === undefined) return rest;
  const name = [...textPieces(key, []), { text: ': ' }];
  return [{ depth: first.depth, pieces: [...name, ...first.pieces] }, ...rest];
}

function listed(open: string, items: JsonLine[][], close: string, depth: number): JsonLine[] {
  if (items.length === 0) return [{ depth, pieces: [{ text: open + close }] }];
  const lines = items.flatMap((item, at) => {
    const last = item.at(-1);
    if (at < items.length - 1) last?.pieces.push({ text: ',' });
    return item;
  });
  return [{ depth, pieces: [{ text: open }] }, ...lines, { depth, pieces: [{ text: close }] }];
}
