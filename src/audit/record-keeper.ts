import type { Logger } from 'pino';
import { markDelivered, publishCheckpointKey, readLastCheckpoint } from '../store/checkpoints.ts';
import type { Store } from '../store/open.ts';
import type { CheckpointSink } from './checkpoint-sinks.ts';
import type { CheckpointSigner } from './checkpoint.ts';
import { sealPending } from './sealer.ts';
import { takeCheckpoint, toCheckpoint } from './take-checkpoint.ts';

export interface RecordKeeperOptions {
  signer: CheckpointSigner;
  /** Where checkpoints go beside the database. */
  sinks: readonly CheckpointSink[];
  /** Milliseconds between two checkpoints, while there is something new. */
  checkpointEveryMs: number;
  logger: Logger;
  /** Milliseconds between two looks for new entries. */
  lookEveryMs?: number;
}

/** Seals and signs in the background, until it is stopped. */
export interface RecordKeeper {
  /** Seals what is there and signs it once more, then rests. */
  stop(): Promise<void>;
}

const LOOK_MS = 300;
/** After a look that failed: what is wrong is not over at once, and the log has other things to say. */
const RETRY_MS = 5_000;
/** So many entries are not left without a checkpoint, however soon after the last. */
const CHECKPOINT_ENTRIES = 10_000;
/** A place that does not take checkpoints is left alone for so long. */
const DELIVERY_PAUSE_MS = 15_000;

/**
 * Keeps the chain: seals new entries within a second, signs its head every so often, and brings the newest checkpoint out
 * of the database's reach. Any number of processes may do so at once. What fails is logged and tried again; nothing that
 * guards actions waits for it.
 */
export async function startRecordKeeper(store: Store, options: RecordKeeperOptions): Promise<RecordKeeper> {
  const { signer, logger, lookEveryMs = LOOK_MS } = options;
  const stopping = new AbortController();
  await publishCheckpointKey(store, signer.keyId, signer.publicKeyPem);
  const deliver = createDelivery(store, options);
  let sealedSince = 0;
  // By the clock that nobody sets: what is due every so often is not put off when the wall clock is set back.
  let lastCheckpointAt = -Infinity;

  const look = async (isLast: boolean): Promise<void> => {
    sealedSince += await sealPending(store, isLast ? undefined : stopping.signal);
    const at = performance.now();
    const isDue = at - lastCheckpointAt >= options.checkpointEveryMs || sealedSince >= CHECKPOINT_ENTRIES;
    if (isDue || isLast) {
      lastCheckpointAt = at;
      sealedSince = 0;
      await takeCheckpoint(store, signer, Date.now());
    }
    await deliver();
  };
  const tryLook = async (isLast: boolean): Promise<boolean> => {
    try {
      await look(isLast);
      return true;
    } catch (error) {
      logger.error({ err: error }, 'the record could not be sealed and signed');
      return false;
    }
  };

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const schedule = (afterMs: number): void => {
    timer = setTimeout(() => {
      running = tryLook(false).then((went) => {
        if (!stopping.signal.aborted) schedule(went ? lookEveryMs : RETRY_MS);
      });
    }, afterMs);
  };
  schedule(lookEveryMs);
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
      await tryLook(true);
    },
  };
}

/** Brings the newest checkpoint, which says all that the ones before it do, to every sink. */
function createDelivery(
  store: Store,
  { sinks, logger }: Pick<RecordKeeperOptions, 'sinks' | 'logger'>,
): () => Promise<void> {
  let pausedUntil = 0;
  let delivered = 0;
  return async () => {
    if (sinks.length === 0 || performance.now() < pausedUntil) return;
    const last = await readLastCheckpoint(store);
    if (last?.delivered_at !== null || last.size === delivered) return;
    try {
      for (const sink of sinks) await sink.deliver(toCheckpoint(last));
      delivered = last.size;
      await markDelivered(store, last.size, Date.now());
    } catch (error) {
      pausedUntil = performance.now() + DELIVERY_PAUSE_MS;
      logger.error({ err: error, size: last.size }, 'a checkpoint could not be brought out of the database');
    }
  };
}
