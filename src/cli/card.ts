import type { Json } from '@gatehouse/sdk/contract';
import type { Piece } from '../foreign/escape.ts';
import { cautionsOf, escapeText, join, piecesOf, piecesOfJson } from '../foreign/escape.ts';
import type { ArgumentChange } from '../console/said/changes.ts';
import { wrap } from './layout.ts';
import type { Colors } from './terminal.ts';

export interface CardStyle {
  colors: Colors;
  /** Columns of the terminal, where a person looks; without it lines are as long as they are. */
  width?: number;
}

const LABEL = 12;
const MARGIN = '│ ';
const LEAST_WIDTH = 20;

/** Labelled lines of foreign text for a terminal: complete, escaped, and what was escaped told at the end. */
export class Card {
  readonly #lines: string[] = [];
  readonly #cautions: string[] = [];
  readonly #mark: (text: string) => string;
  readonly #width: number;

  constructor(private readonly style: CardStyle) {
    this.#mark = style.colors.inverse;
    this.#width = style.width === undefined ? Infinity : Math.max(style.width, LABEL + LEAST_WIDTH);
  }

  heading(title: string, status: string): void {
    this.#lines.push(`${this.style.colors.bold(escapeText(title))}  ${escapeText(status)}`);
  }

  row(label: string, foreign: string): void {
    const { dim } = this.style.colors;
    const pieces = piecesOf(foreign);
    this.#caution(label, pieces);
    // A line that goes on has a sign of ours before it, so that it cannot pose as the next one.
    wrap(pieces, this.#width - LABEL - 2, this.#mark).forEach((line, at) => {
      this.#lines.push(`  ${dim((at === 0 ? label : '').padEnd(LABEL - 1))}${at === 0 ? ' ' : dim('…')}${line}`);
    });
  }

  /** The members of an object, each whole, behind a margin. */
  members(label: string, object: Readonly<Record<string, Json>>): void {
    const { dim } = this.style.colors;
    const names = Object.keys(object).sort();
    const count = names.length === 0 ? 'none' : `${names.length}, complete`;
    this.#lines.push(`  ${dim(label.padEnd(LABEL - 1))} ${count}`);
    for (const name of names) {
      this.#behindMargin(`${label}, `, '', piecesOfJson(name), object[name] ?? null);
    }
  }

  /** What differs between two objects, leaf by leaf and whole, behind the margin: what went with `-`, what came with `+`. */
  changes(label: string, changes: readonly ArgumentChange[]): void {
    const { dim } = this.style.colors;
    this.#lines.push(`  ${dim(label.padEnd(LABEL - 1))} ${changes.length === 0 ? 'nothing' : `${changes.length}`}`);
    for (const { place, before, after } of changes) {
      for (const [sign, value] of [
        ['-', before],
        ['+', after],
      ] as const) {
        if (value !== undefined) this.#behindMargin(`${label}, `, `${sign} `, piecesOf(place), value);
      }
    }
  }

  #behindMargin(where: string, sign: string, name: readonly Piece[], value: Json): void {
    const { dim } = this.style.colors;
    const pieces = [{ text: sign }, ...name, { text: ': ' }, ...piecesOfJson(value)];
    this.#caution(`${where}${join(name)}`, pieces);
    for (const line of wrap(pieces, this.#width - MARGIN.length - 2, this.#mark)) {
      this.#lines.push(`  ${dim(MARGIN)}${line}`);
    }
  }

  /** A line of ours that nobody should overlook. */
  alarm(says: string): void {
    this.#cautions.push(says);
  }

  /** The lines, the cautions last, next to where the question is asked. */
  finish(): string[] {
    const { yellow, bold } = this.style.colors;
    return [...this.#lines, ...this.#cautions.map((caution) => `  ${bold(yellow('!'))} ${yellow(caution)}`)];
  }

  #caution(where: string, pieces: readonly Piece[]): void {
    const kinds = cautionsOf(pieces);
    if (kinds.length > 0) this.#cautions.push(`Look closely at ${where === '' ? 'risk' : where}: ${kinds.join(', ')}.`);
  }
}
