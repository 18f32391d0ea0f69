import type { Json } from '@gatehouse/sdk/contract';
import { disguises, suspicionOf } from './suspicious.ts';

/**
 * A piece of foreign text as it may be shown; `why` where it stands for a character that must not reach a terminal or a page,
 * `lit` where it lies in a span that was asked for.
 */
export interface Piece {
  text: string;
  why?: string;
  lit?: true;
}

/** A part of a text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

/**
 * Takes foreign text apart for a terminal or a page: complete, on one line, with everything that could act on the terminal,
 * hide, turn the reading order or pass for something else written as `\uXXXX`. A backslash is doubled, so that nothing can pose
 * as an escape. What lies in one of `spans` comes in pieces of its own.
 */
export function piecesOf(foreign: string, quoted = false, spans: readonly Span[] = []): Piece[] {
  const disguised = disguises(foreign);
  const pieces: Piece[] = [];
  let plain = '';
  let lit = false;
  let index = 0;
  const push = (piece: Piece): void => void pieces.push(lit ? { ...piece, lit } : piece);
  const flush = (): void => {
    if (plain !== '') push({ text: plain });
    plain = '';
  };
  for (const character of foreign) {
    const isLit = isWithin(index, spans);
    if (isLit !== lit) flush();
    lit = isLit;
    const why = suspicionOf(character, foreign.slice(Math.max(0, index - 3), index)) ?? disguised.get(index);
    index += character.length;
    if (why === undefined) {
      plain += character === '\\' || (quoted && character === '"') ? `\\${character}` : character;
      continue;
    }
    flush();
    const text = SHORT[character] ?? escaped(character);
    // Line breaks and tabs are ordinary in what people write: shown, and no cause for alarm.
    push(character === '\n' || character === '\t' ? { text } : { text, why: `${why} ${codePoint(character)}` });
  }
  flush();
  return pieces;
}

function isWithin(index: number, spans: readonly Span[]): boolean {
  return spans.some(({ start, end }) => index >= start && index < end);
}

/**
 * A JSON value for a terminal, in the canonical order of RFC 8785. With everything suspicious escaped it is still JSON of the
 * very same value, so that it can be copied and checked.
 */
export function piecesOfJson(value: Json): Piece[] {
  if (typeof value === 'string') return [{ text: '"' }, ...piecesOf(value, true), { text: '"' }];
  if (Array.isArray(value)) return listed('[', value.map(piecesOfJson), ']');
  if (typeof value !== 'object' || value === null) return [{ text: JSON.stringify(value) }];
  const members = Object.keys(value)
    .sort()
    .map((key) => [...piecesOfJson(key), { text: ':' }, ...piecesOfJson(value[key] ?? null)]);
  return listed('{', members, '}');
}

/** Foreign text on one line, with `mark` around what was escaped. */
export function escapeText(foreign: string, mark: (text: string) => string = same): string {
  return join(piecesOf(foreign), mark);
}

/** A JSON value on one line, with `mark` around what was escaped. */
export function escapeJson(value: Json, mark: (text: string) => string = same): string {
  return join(piecesOfJson(value), mark);
}

/** Puts pieces together. */
export function join(pieces: readonly Piece[], mark: (text: string) => string = same): string {
  return pieces.map(({ text, why }) => (why === undefined ? text : mark(text))).join('');
}

/** What was escaped in a text, each kind once, with how often. */
export function cautionsOf(pieces: readonly Piece[]): string[] {
  const counts = new Map<string, number>();
  for (const { why } of pieces) if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => (count === 1 ? why : `${why} (${count} times)`));
}

function listed(open: string, items: Piece[][], close: string): Piece[] {
  return [
    { text: open },
    ...items.flatMap((item, at) => (at === 0 ? item : [{ text: ',' }, ...item])),
    { text: close },
  ];
}

function same(text: string): string {
  return text;
}

function escaped(character: string): string {
  let text = '';
  for (let unit = 0; unit < character.length; unit += 1) {
    text += `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
  }
  return text;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
