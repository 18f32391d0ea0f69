import type { Json } from '@gatehouse/sdk/contract';
import type { OtherDialect } from '../dialect.ts';
import type { Place } from '../read/effect.ts';
import { Names } from '../read/names.ts';
import { Transactions } from '../read/transactions.ts';
import { at, fieldsOf } from '../read/tree.ts';
import { walkTree } from '../read/walk.ts';

/** A text of another dialect on its way through the reader. */
export class Source {
  readonly names = new Names();
  readonly transactions = new Transactions();
  readonly dialect: OtherDialect;
  readonly #text: string;
  readonly #lines: number[];
  #end = 0;

  constructor(text: string, dialect: OtherDialect) {
    this.dialect = dialect;
    this.#text = text;
    this.#lines = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lines.push(at + 1);
  }

  /** Where the next statement stands: from the end of the last to the semicolon after the last of its own words. */
  next(statement: Json): Place {
    const between = /^(?:[\s;]|--[^\n]*(?:\n|$)|\/\*[^*!]*\*+(?:[^/*][^*]*\*+)*\/)*/.exec(this.#text.slice(this.#end));
    const start = this.#end + (between?.[0].length ?? 0);
    let last = start;
    walkTree(statement, (name, value) => {
      if (name === 'span') last = Math.max(last, this.#place(value)?.end ?? 0);
      return name !== 'span';
    });
    const semicolon = this.#text.indexOf(';', last);
    this.#end = semicolon < 0 ? this.#text.length : semicolon;
    return { start, end: start + this.#text.slice(start, this.#end).trimEnd().length };
  }

  /** Where a node stands that carries its place. */
  placeOf(node: Json | undefined): Place | undefined {
    return this.#place(at(node, 'span'));
  }

  /** The parser counts lines and characters from 1. Places that it does not know are line 0. */
  #place(span: Json | undefined): Place | undefined {
    const start = this.#offset(at(span, 'start'));
    const end = this.#offset(at(span, 'end'));
    return start === undefined || end === undefined ? undefined : { start, end };
  }

  #offset(place: Json | undefined): number | undefined {
    const { line, column } = fieldsOf(place) ?? {};
    if (typeof line !== 'number' || typeof column !== 'number' || line < 1) return undefined;
    const start = this.#lines[line - 1];
    if (start === undefined) return undefined;
    let offset = start;
    for (let left = column - 1; left > 0 && offset < this.#text.length; left -= 1) {
      offset += (this.#text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
    }
    return offset;
  }
}
