import { readFileSync } from 'node:fs';
import type { Bed } from './bed.ts';

/** What the targets saw, by action. */
export interface Effects {
  /** Effects of callbacks and of executors. */
  times: ReadonlyMap<string, number>;
  /** Runs of callbacks, whether or not they came to their effect. */
  runs: ReadonlyMap<string, number>;
  /** Calls by executors beyond the first of a key, which the target turned away as repeats. */
  repeats: number;
}

export function readEffects({ journal, file, effects, target }: Bed): Effects {
  const times = new Map<string, number>();
  const add = (id: string, count: number): void => void times.set(id, (times.get(id) ?? 0) + count);
  for (const id of linesOf(file)) add(id, 1);
  const rows = effects.prepare('select id, times from effects').all() as { id: string; times: number }[];
  for (const row of rows) add(row.id, row.times);
  for (const [id, calls] of target.called) add(id, calls);
  let repeats = 0;
  for (const [id, calls] of target.executed) {
    add(id, 1);
    repeats += calls - 1;
  }
  const runs = new Map<string, number>();
  for (const id of linesOf(journal)) runs.set(id, (runs.get(id) ?? 0) + 1);
  return { times, runs, repeats };
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
