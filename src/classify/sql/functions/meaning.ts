import type { Effect } from '../read/effect.ts';

/** What a call of a function does beside giving a value; undefined when it does nothing else. */
export type Meaning = Omit<Effect, 'at' | 'says'> & {
  /** Completes "<name> …". */
  says: string;
};

const words = (list: string): string[] => list.split(/\s+/).filter(Boolean);

/** Makes a map of names to one meaning out of lists of names. */
export function meanings(groups: readonly (readonly [names: string, meaning: Meaning])[]): Map<string, Meaning> {
  return new Map(groups.flatMap(([names, meaning]) => words(names).map((name) => [name, meaning] as const)));
}
