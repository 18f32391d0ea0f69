import type { TriedAction } from '../trial.ts';

/** So many different values of a text are listed; with more of them it is not bounded. */
const MOST_VALUES = 5;
const LONGEST_VALUE = 40;
const MOST_TARGETS = 10;
const MOST_AGENTS = 10;
const NAME = /^[A-Za-z_]\w{0,60}$/;

/** What one argument was over all of the actions. */
type Range =
  | { kind: 'number'; least: number; most: number }
  | { kind: 'words'; words: Set<string> }
  | { kind: 'flag'; values: Set<boolean> }
  | { kind: 'open' };

/** The bounds within which some actions stayed. */
export class Observed {
  readonly #ranges = new Map<string, { range: Range; seen: number }>();
  readonly #targets = new Set<string>();
  readonly #agents = new Set<string>();
  #actions = 0;

  take({ target, agent, context }: TriedAction): void {
    this.#actions += 1;
    if (this.#targets.size <= MOST_TARGETS) this.#targets.add(target);
    if (this.#agents.size <= MOST_AGENTS) this.#agents.add(agent);
    for (const [name, value] of Object.entries(context)) {
      const known = this.#ranges.get(name);
      const range = widen(known?.range, value);
      if (known !== undefined || this.#ranges.size < 50)
        this.#ranges.set(name, { range, seen: (known?.seen ?? 0) + 1 });
    }
  }

  /** Up to ten targets; null where there were more. */
  get targets(): string[] | null {
    return this.#targets.size > MOST_TARGETS ? null : [...this.#targets].sort();
  }

  /** Up to ten agents; null where there were more. */
  get agents(): string[] | null {
    return this.#agents.size > MOST_AGENTS ? null : [...this.#agents].sort();
  }

  /** Arguments whose values are too many to list. */
  get open(): string[] {
    return [...this.#ranges].filter(([, { range }]) => range.kind === 'open').map(([name]) => name);
  }

  /**
   * A condition that holds for exactly such arguments: no others than were seen, numbers between the least and the most,
   * words that were seen. Null where an argument's values are open, or its name cannot stand in a condition.
   */
  condition(): string | null {
    const names = [...this.#ranges.keys()].sort();
    if (this.open.length > 0 || names.some((name) => !NAME.test(name))) return null;
    const parts = [names.length === 0 ? 'size(args) == 0' : `args.all(key, key in ${JSON.stringify(names)})`];
    for (const name of names) {
      const { range, seen } = this.#ranges.get(name) ?? { range: { kind: 'open' }, seen: 0 };
      const bound = boundOf(`args.${name}`, range);
      if (bound !== null) parts.push(seen === this.#actions ? bound : `(!has(args.${name}) || ${bound})`);
    }
    return parts.join(' && ');
  }
}

function widen(range: Range | undefined, value: unknown): Range {
  if (typeof value === 'number' && (range === undefined || range.kind === 'number')) {
    return {
      kind: 'number',
      least: Math.min(range?.least ?? value, value),
      most: Math.max(range?.most ?? value, value),
    };
  }
  if (typeof value === 'boolean' && (range === undefined || range.kind === 'flag')) {
    return { kind: 'flag', values: new Set([...(range?.values ?? []), value]) };
  }
  if (typeof value === 'string' && value.length <= LONGEST_VALUE && (range === undefined || range.kind === 'words')) {
    const words = new Set([...(range?.words ?? []), value]);
    if (words.size <= MOST_VALUES) return { kind: 'words', words };
  }
  return { kind: 'open' };
}

function boundOf(field: string, range: Range): string | null {
  if (range.kind === 'number') {
    return `${field} >= ${asDouble(range.least)} && ${field} <= ${asDouble(range.most)}`;
  }
  if (range.kind === 'words') return `${field} in ${JSON.stringify([...range.words].sort())}`;
  if (range.kind === 'flag' && range.values.size === 1) return `${field} == ${String([...range.values][0])}`;
  return range.kind === 'flag' ? `${field} in [true, false]` : null;
}

/** Numbers in arguments are doubles, and CEL compares like with like. */
function asDouble(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${String(value)}.0` : String(value);
}
