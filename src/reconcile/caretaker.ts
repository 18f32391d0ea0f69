import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { endLease, takeLease } from '../store/leases.ts';
import type { Store } from '../store/open.ts';
import { keepReconciliation } from '../store/reconciliations.ts';
import { archiveSettled } from './archive.ts';
import type { ArchivePlace } from './archive-place.ts';
import { GRACE_MS, reconcile } from './reconcile.ts';
import type { Reconciliation } from './wire.ts';
import type { TemporalSide } from './workflows.ts';

export interface CaretakerOptions {
  store: Store;
  temporal: TemporalSide;
  logger: Logger;
  /** How often the two systems are compared; null for never. */
  reconcileEveryMs: number | null;
  archive: { place: ArchivePlace; afterMs: number } | null;
  /** Milliseconds between two looks for something to do. */
  lookEveryMs?: number;
}

/** Looks after the record beside a worker, until it is stopped. */
export interface Caretaker {
  /** Ends after the action that it is at. */
  stop(): Promise<void>;
}

/** Compared and archived are by one process at a time; a dead one's work is taken over after this. */
const LEASE_MS = 10 * 60_000;
const LOOK_MS = 30_000;
/** A new process compares soon, but not while everything starts. */
const FIRST_RECONCILE_MS = 60_000;
const KEPT_LISTED = 100;

/**
 * Compares the two systems every so often and archives what is over, in a loop of the worker with a lease in the store. It
 * is no Schedule of Temporal's: what checks Temporal should not need Temporal to be called, and a workflow that checks the
 * workflows would itself be one more to account for.
 */
export function startCaretaker(options: CaretakerOptions): Caretaker {
  const { store, logger, lookEveryMs = LOOK_MS } = options;
  const holder = `${hostname()}:${String(process.pid)}:${randomUUID()}`;
  const stopping = new AbortController();
  // By the clock that nobody sets: a wall clock that is set back does not put it off.
  let nextReconcile = performance.now() + Math.min(FIRST_RECONCILE_MS, options.reconcileEveryMs ?? 0);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    if (options.archive !== null) {
      const { place, afterMs } = options.archive;
      await underLease('archive', async () => {
        const { client } = options.temporal;
        const { signal } = stopping;
        const deps = { store, client, place, actor: 'process:worker', now: Date.now, signal };
        const { archived, gone } = await archiveSettled(deps, { afterMs });
        if (archived > 0) logger.info({ archived }, 'histories were archived');
        for (const actionId of gone) logger.warn({ actionId }, 'a history was gone before it could be archived');
      });
    }
    if (options.reconcileEveryMs !== null && performance.now() >= nextReconcile) {
      nextReconcile = performance.now() + options.reconcileEveryMs;
      await underLease('reconcile', () => reconcileAndKeep(options));
    }
  };
  const underLease = async (name: string, work: () => Promise<void>): Promise<void> => {
    if (stopping.signal.aborted || !(await takeLease(store, { name, holder, forMs: LEASE_MS }, Date.now()))) return;
    try {
      await work();
    } finally {
      await endLease(store, { name, holder });
    }
  };
  const again = (): void => {
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      running = look()
        .catch((error: unknown) => {
          logger.warn({ err: error }, 'looking after the record failed; it is tried again');
        })
        .finally(again);
    }, lookEveryMs).unref();
  };
  again();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

/** Compares the two systems once, keeps how it came out, and says so where they differ. */
export async function reconcileAndKeep({
  store,
  temporal,
  logger,
}: Pick<CaretakerOptions, 'store' | 'temporal' | 'logger'>): Promise<void> {
  const now = Date.now();
  const result = await reconcile({ store, temporal }, { since: null, graceMs: GRACE_MS, histories: false, now });
  const kept: Reconciliation = { ...result, listed: result.listed.slice(0, KEPT_LISTED) };
  await keepReconciliation(store, {
    at: now,
    took_ms: result.tookMs,
    actor: 'process:worker',
    differences: result.differences,
    report_json: JSON.stringify(kept),
  });
  if (!result.equal) {
    const { differences } = result;
    logger.error({ differences }, 'Temporal and the record differ: see `gatehouse audit reconcile`');
  }
}
