import type { Sensitivity } from '@gatehouse/sdk/contract';
import { tokenize } from '../../tokens.ts';
import { SECRET_PAIRS, SENSITIVE_WORDS } from '../../words.ts';

const MAX_NAMES = 200;
const MAX_LENGTH = 100;
const SHOWN = 5;

/** The tables and columns that a text names. */
export class Names {
  readonly #tables = new Set<string>();
  readonly #columns = new Set<string>();

  addTable(name: string): void {
    if (this.#tables.size < MAX_NAMES) this.#tables.add(name.slice(0, MAX_LENGTH));
  }

  addColumn(name: string): void {
    if (this.#columns.size < MAX_NAMES) this.#columns.add(name.slice(0, MAX_LENGTH));
  }

  /** The tables in words, e.g. `users, orders and 3 more`; empty where none is named. */
  tables(): string {
    const all = [...this.#tables];
    const more = all.length > SHOWN ? ` and ${String(all.length - SHOWN)} more` : '';
    return all.slice(0, SHOWN).join(', ') + more;
  }

  /** What is sensitive by its name, with the name that says so. */
  sensitive(): { sensitivity: Sensitivity; name: string }[] {
    const found = new Map<Sensitivity, string>();
    for (const name of [...this.#tables, ...this.#columns]) {
      for (const sensitivity of sensitivitiesOf(name)) if (!found.has(sensitivity)) found.set(sensitivity, name);
    }
    return [...found].map(([sensitivity, name]) => ({ sensitivity, name }));
  }
}

function sensitivitiesOf(name: string): Sensitivity[] {
  const words = tokenize(name);
  const pairs = words.slice(1).map((word, index) => `${words[index] ?? ''}_${word}`);
  const found = (Object.keys(SENSITIVE_WORDS) as (keyof typeof SENSITIVE_WORDS)[]).filter((kind) =>
    words.some((word) => SENSITIVE_WORDS[kind].has(word)),
  );
  return pairs.some((pair) => SECRET_PAIRS.has(pair)) && !found.includes('secrets') ? [...found, 'secrets'] : found;
}
