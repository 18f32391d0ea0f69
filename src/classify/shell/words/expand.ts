import type { Piece, Statement, Word } from '../syntax/tree.ts';
import type { Scope } from './scope.ts';

/** One argument as the program gets it, as far as the script says. */
export interface Arg {
  /** Where `known` is false it holds `$NAME` or `$(…)` for what only the running shell knows. */
  text: string;
  known: boolean;
  /** Some of it was quoted: it is no pattern and no option list. */
  quoted: boolean;
  start: number;
  end: number;
}

/** Gives what a command substitution prints, where that is plain. */
export type Printed = (body: Statement[]) => string | undefined;

const MAX_ARGS = 64;
const BRACES = /\{([^{}]*,[^{}]*)\}|\{(-?\d{1,4})\.\.(-?\d{1,4})\}/;
/** What every shell knows, as the places that it stands for. */
const WELL_KNOWN: Record<string, string> = {
  HOME: '~',
  TMPDIR: '/tmp',
  PWD: '.',
  IFS: ' ',
  USER: 'user',
  LOGNAME: 'user',
};

interface Part {
  text: string;
  known: boolean;
  quoted: boolean;
}

/** Makes the arguments of a word: braces and variables unfold, and what is unquoted splits at spaces. */
export function expand(word: Word, scope: Scope, printed: Printed): Arg[] {
  return braces(merge(word.pieces), MAX_ARGS).flatMap((pieces) => {
    const parts = pieces.map((piece) => partOf(piece, scope, printed));
    return split(parts, scope).map((arg) => ({ ...arg, start: word.start, end: word.end }));
  });
}

/** The word as one argument, unsplit: the value of an assignment, a target, a here-document. */
export function expandWhole(word: Word, scope: Scope, printed: Printed): Arg {
  const parts = word.pieces.map((piece) => partOf(piece, scope, printed));
  return { ...join(parts), start: word.start, end: word.end };
}

function merge(pieces: Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (last?.kind === 'text' && piece.kind === 'text' && !last.quoted && !piece.quoted) {
      merged[merged.length - 1] = { ...last, text: last.text + piece.text };
    } else merged.push(piece);
  }
  return merged;
}

function braces(pieces: Piece[], most: number): Piece[][] {
  const at = pieces.findIndex((piece) => piece.kind === 'text' && !piece.quoted && BRACES.test(piece.text));
  const piece = pieces[at];
  const found = piece?.kind === 'text' ? BRACES.exec(piece.text) : null;
  if (piece?.kind !== 'text' || found === null || most <= 1) return [pieces];
  const choices = found[1]?.split(',') ?? range(Number(found[2]), Number(found[3]));
  const before = piece.text.slice(0, found.index);
  const after = piece.text.slice(found.index + found[0].length);
  return choices
    .slice(0, most)
    .flatMap((choice) =>
      braces(
        [...pieces.slice(0, at), { ...piece, text: before + choice + after }, ...pieces.slice(at + 1)],
        Math.floor(most / choices.length),
      ),
    );
}

function range(from: number, to: number): string[] {
  const step = from <= to ? 1 : -1;
  return Array.from({ length: Math.min(Math.abs(to - from) + 1, MAX_ARGS) }, (_, index) => String(from + index * step));
}

function partOf(piece: Piece, scope: Scope, printed: Printed): Part {
  switch (piece.kind) {
    case 'text':
      return { text: piece.text, known: true, quoted: piece.quoted };
    case 'variable':
      return variable(piece, scope, printed);
    case 'output': {
      if (piece.process !== '') return { text: '/dev/fd/63', known: false, quoted: true };
      const text = printed(piece.body);
      return { text: text?.replace(/\n+$/, '') ?? '$(…)', known: text !== undefined, quoted: piece.quoted };
    }
    default:
      return { text: '$((…))', known: false, quoted: true };
  }
}

function variable(piece: Extract<Piece, { kind: 'variable' }>, scope: Scope, printed: Printed): Part {
  const { name, operator, quoted } = piece;
  const bare = name.replace(/\[.*$/s, '');
  const index = /\[(\d+)\]$/.exec(name)?.[1];
  const held = scope.variables.has(bare) ? scope.variables.get(bare) : wellKnown(bare);
  const value = index === undefined ? held?.join(' ') : held?.[Number(index)];
  const fallback = (): Part => ({ ...join(piece.fallback.map((one) => partOf(one, scope, printed))), quoted });
  if (operator === '') return { text: value ?? `$${bare}`, known: value !== undefined, quoted };
  if (/^:?[-=]/.test(operator)) {
    const part = value === undefined || value === '' ? fallback() : { text: value, known: true, quoted };
    if (operator.includes('=')) scope.set(bare, part.known ? [part.text] : undefined);
    return part;
  }
  if (/^:?\+/.test(operator)) return { ...fallback(), known: false };
  const trimmed = value === undefined ? undefined : trim(value, operator);
  return { text: trimmed ?? `$${bare}`, known: trimmed !== undefined, quoted };
}

function wellKnown(name: string): Value {
  const value = Object.hasOwn(WELL_KNOWN, name) ? WELL_KNOWN[name] : undefined;
  return value === undefined ? undefined : [value];
}
type Value = string[] | undefined;

/** `${x%suffix}`, `${x#prefix}` and `${x:from:length}` of plain text; anything cleverer is left to the shell. */
function trim(value: string, operator: string): string | undefined {
  const [, sign = '', plain = ''] = /^(%%?|##?)([^*?[\]$`'"\\]*)$/.exec(operator) ?? [];
  if (sign.startsWith('%')) return value.endsWith(plain) ? value.slice(0, value.length - plain.length) : value;
  if (sign.startsWith('#')) return value.startsWith(plain) ? value.slice(plain.length) : value;
  const [, from, length] = /^:(\d+)(?::(\d+))?$/.exec(operator) ?? [];
  if (from === undefined) return undefined;
  return value.slice(Number(from), length === undefined ? undefined : Number(from) + Number(length));
}

function join(parts: readonly Part[]): Part {
  return {
    text: parts.map((part) => part.text).join(''),
    known: parts.every((part) => part.known),
    quoted: parts.some((part) => part.quoted),
  };
}

/** Splits at the spaces (or what IFS holds) that come out of unquoted variables; text of the script itself never splits. */
function split(parts: Part[], scope: Scope): Part[] {
  const separators = scope.variables.get('IFS')?.[0] ?? ' \t\n';
  const done: Part[] = [];
  let current: Part[] = [];
  for (const part of parts) {
    const pieces = part.quoted || parts.length === 0 ? [part.text] : splitAt(part.text, separators);
    pieces.forEach((text, index) => {
      if (index > 0) {
        if (current.some((one) => one.text !== '' || one.quoted)) done.push(join(current));
        current = [];
      }
      current.push({ ...part, text });
    });
  }
  if (current.some((one) => one.text !== '' || one.quoted)) done.push(join(current));
  return done;
}

function splitAt(text: string, separators: string): string[] {
  const pieces: string[] = [''];
  for (const character of text) {
    if (separators.includes(character)) pieces.push('');
    else pieces.push((pieces.pop() ?? '') + character);
  }
  return pieces;
}
