import type { Logger } from 'pino';
import type { TemporalGate } from '../../client/temporal-gate.ts';
import type { Store } from '../../store/open.ts';
import { listUnfinishedStops } from '../../store/stops.ts';

const EVERY_MS = 2_000;

/**
 * Sees to it that every stop is carried out to its end, also where the process that threw it died, or could not reach
 * Temporal: looks at once and from time to time, and has a workflow go on with each that is not finished.
 */
export function carryOutUnfinished(store: Store, temporal: TemporalGate, logger: Logger): { stop(): Promise<void> } {
  let stopped = false;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    for (const id of await listUnfinishedStops(store)) await temporal.carryOut(id);
  };
  const lookQuietly = (): void => {
    if (stopped) return;
    // One look at a time: with Temporal away each takes as long as its deadline.
    looking ??= look()
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'a stop is not carried out yet');
      })
      .finally(() => (looking = undefined));
  };
  lookQuietly();
  const timer = setInterval(lookQuietly, EVERY_MS).unref();
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}
