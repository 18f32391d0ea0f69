import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TemporalDoor } from './payload-keys.ts';
import type { Doors } from './shapes.ts';
import type { Seen, Slice } from './slice.ts';

/** Where the callers find the gate and the Temporal server. */
export type CallerDoors = Omit<Doors, 'client'> & TemporalDoor;
export type CallerOrder = { doors: CallerDoors } | { slice: Slice };
export type CallerReport = { ready: true } | { seen: Seen } | { failed: string };

export interface Callers {
  pid: number;
  /** Has the callers do one slice. Throws when their process failed. */
  run(slice: Slice): Promise<Seen>;
  stop(): void;
}

/** Starts the callers in a process of their own, so that what they cost is not the gate's. */
export async function startCallers(doors: CallerDoors): Promise<Callers> {
  const child = fork(fileURLToPath(new URL('caller.ts', import.meta.url)), {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const gone = once(child, 'exit').then(() => ({ failed: 'the process of the callers ended' }));
  const order = async (given: CallerOrder): Promise<CallerReport> => {
    const answered = once(child, 'message').then(([report]) => report as CallerReport);
    child.send(given);
    const report = await Promise.race([answered, gone]);
    if ('failed' in report) throw new Error(report.failed);
    return report;
  };
  await order({ doors });
  return {
    pid: child.pid ?? 0,
    run: async (slice) => {
      const report = await order({ slice });
      if (!('seen' in report)) throw new Error('The callers did not say what they saw');
      return report.seen;
    },
    stop: () => child.disconnect(),
  };
}
