import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  keys: z.object({ read: z.string(), drop: z.string(), remove: z.string() }),
  /** The calls that were played to their end. */
  done: z.array(z.enum(['read', 'drop', 'remove'])),
  /** How the delete ended, in one line. */
  ended: z.string().nullable(),
});
export type DemoState = z.infer<typeof stateSchema>;

/** What an earlier start remembered, or a new state with keys of its own, saved before any of them is used. */
export function loadState(path: string): DemoState {
  if (existsSync(path)) {
    try {
      return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      throw new Error(`${path} is not a state of the demo: delete it to play the demo anew`, { cause: error });
    }
  }
  const run = randomUUID();
  const state: DemoState = {
    keys: { read: `demo-read-${run}`, drop: `demo-drop-${run}`, remove: `demo-delete-${run}` },
    done: [],
    ended: null,
  };
  saveState(path, state);
  return state;
}

/** Writes the state whole, or leaves the one before. */
export function saveState(path: string, state: DemoState): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.new`;
  writeFileSync(unfinished, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(unfinished, path);
}
