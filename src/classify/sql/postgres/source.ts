import type { Place } from '../read/effect.ts';
import { Names } from '../read/names.ts';
import { Transactions } from '../read/transactions.ts';
import { unitsOf } from './units.ts';

/** A text of PostgreSQL on its way through the reader, with what one of its statements leaves for the next. */
export class Source {
  readonly names = new Names();
  readonly transactions = new Transactions();
  /** Names of statements that the text has prepared, and of cursors that it has declared: they were read there. */
  readonly prepared = new Set<string>();
  readonly cursors = new Set<string>();
  readonly #text: string;
  readonly #unit: (byte: number) => number;

  constructor(text: string) {
    this.#text = text;
    this.#unit = unitsOf(text);
  }

  /** The place of a statement, without the space and the comments before it. `length` 0 means up to the end. */
  statement(start: number, length: number): Place {
    const from = this.#unit(start);
    const to = length === 0 ? this.#text.length : this.#unit(start + length);
    const before = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/.exec(this.#text.slice(from, to));
    const text = this.#text.slice(from + (before?.[0].length ?? 0), to).trimEnd();
    const begins = text === '' ? from : from + (before?.[0].length ?? 0);
    return { start: begins, end: begins + text.length };
  }

  /** The place of a name that begins at a byte. */
  word(byte: unknown): Place | undefined {
    if (typeof byte !== 'number' || byte < 0) return undefined;
    const start = this.#unit(byte);
    const word = /^(?:"[^"]*"|[\p{L}\p{N}_$.])+/u.exec(this.#text.slice(start, start + 200));
    return { start, end: start + (word?.[0].length ?? 1) };
  }
}
