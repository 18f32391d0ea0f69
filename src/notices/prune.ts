import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { endLease, takeLease } from '../store/leases.ts';
import { deleteDeliveries, deleteNotices } from '../store/notice-pruning.ts';
import type { Store } from '../store/open.ts';

/** What holds where no file says anything else. */
export const KEPT_MS = 90 * 86_400_000;

const EVERY_MS = 3_600_000;
const LEASE = { name: 'prune-notices', forMs: 10 * 60_000 };
/** So few that nobody who writes meanwhile has to wait for long. */
const BATCH = 500;

export interface Pruned {
  deliveries: number;
  notices: number;
}

/**
 * Takes away what is kept of messages that were over so long ago. The record of each action goes on saying that it was told.
 * @param signal ends it after the batch that it is at
 */
export async function pruneNotices(
  store: Store,
  { keepForMs, now, batch = BATCH, signal }: { keepForMs: number; now: number; batch?: number; signal?: AbortSignal },
): Promise<Pruned> {
  const untilNone = async (remove: typeof deleteNotices): Promise<number> => {
    let removed = 0;
    for (let last = batch; last === batch && signal?.aborted !== true; removed += last) {
      last = await remove(store, now - keepForMs, batch);
    }
    return removed;
  };
  // What refers to the other goes first.
  return { deliveries: await untilNone(deleteDeliveries), notices: await untilNone(deleteNotices) };
}

/** Prunes at the start and every hour, in one worker at a time, until it is stopped. */
export function startPruning(
  { store, logger, now }: { store: Store; logger: Logger; now: () => number },
  keepForMs: number,
): { stop(): Promise<void> } {
  const holder = randomUUID();
  const stopping = new AbortController();
  const { signal } = stopping;
  const once = async (): Promise<void> => {
    if (!(await takeLease(store, { ...LEASE, holder }, now()))) return;
    try {
      const pruned = await pruneNotices(store, { keepForMs, now: now(), signal });
      if (pruned.deliveries + pruned.notices > 0) logger.info(pruned, 'old notices were taken away');
    } finally {
      await endLease(store, { ...LEASE, holder });
    }
  };
  const onceOrWarn = (): Promise<void> =>
    once().catch((error: unknown) => {
      logger.warn({ err: error }, 'old notices stay for another hour: the store does not answer');
    });
  let running = onceOrWarn();
  const timer = setInterval(() => {
    running = running.then(onceOrWarn);
  }, EVERY_MS).unref();
  return {
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      await running;
    },
  };
}
