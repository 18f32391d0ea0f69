import { randomNumbers } from '../../src/demo/random.ts';

/** Chances that are the same at every run of one seed. */
export interface Chance {
  below(limit: number): number;
  /** True once in `n` times. */
  once(n: number): boolean;
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T;
  /** Up to `most` pieces, joined. */
  some(from: readonly string[], most: number): string;
  /** Characters from anywhere: ASCII, control characters, NUL, lone surrogates, bidi, emoji. */
  noise(most: number): string;
}

const STRANGE = [
  '\0',
  '\ud800',
  '\udfff',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\u2028',
  '\x1b',
  '\x7f',
  '😀',
  'é',
  'е',
  'Ⅷ',
  '％',
];

/** Makes the chances of one seed. */
export function chanceOf(seed: number): Chance {
  const { below } = randomNumbers(seed);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const repeat = (most: number, one: () => string): string => Array.from({ length: below(most + 1) }, one).join('');
  return {
    below,
    pick,
    once: (n) => below(n) === 0,
    some: (from, most) => repeat(most, () => pick(from)),
    noise: (most) => repeat(most, () => (below(4) === 0 ? pick(STRANGE) : String.fromCharCode(below(128)))),
  };
}

/** A megabyte of one piece: what a parser that looks back, or recurses, does not survive. */
export function megabyteOf(piece: string): string {
  return piece.repeat(Math.ceil(2 ** 20 / piece.length));
}
