import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { NoticesConfig } from './config.ts';
import { expand } from './expand.ts';
import { sendDue } from './gather.ts';
import type { deliverNotice } from '../workflows/deliver-notice.ts';
import { markStarted, readUnstarted, type DeliveryRow } from '../store/deliveries.ts';
import { readUnrouted } from '../store/notices.ts';
import type { Store } from '../store/open.ts';

export interface PumpDeps {
  store: Store;
  config: NoticesConfig;
  client: Client;
  /** Where the workers of the deliveries poll. */
  taskQueue: string;
  logger: Logger;
  now: () => number;
}

export interface Pump {
  /** Lets what it is at end. */
  stop(): Promise<void>;
}

const EVERY_MS = 500;
const BATCH = 100;
const CALL_MS = 5_000;

/**
 * Turns what the record keeps for people into messages, and starts the workflow that delivers each. Every step can be done
 * twice, by this process after it was killed or by another beside it, and makes the same messages with the same ids.
 */
export function startPump(deps: PumpDeps): Pump {
  let stopped = false;
  let wake: () => void = () => undefined;
  let failing = false;

  const run = async (): Promise<void> => {
    while (!stopped) {
      const wasFull = await round(deps).then(
        (full) => {
          failing = false;
          return full;
        },
        (error: unknown) => {
          // Once an outage: it comes back by itself, and nothing is lost meanwhile.
          if (!failing) deps.logger.warn({ err: error }, 'notices wait: the store or Temporal does not answer');
          failing = true;
          return false;
        },
      );
      if (!wasFull) await pause();
    }
  };
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopped) wake();
    });

  const running = run();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}

/** One look at everything; true where there is more at once. */
async function round(deps: PumpDeps): Promise<boolean> {
  const { store, config, now } = deps;
  const unrouted = await readUnrouted(store, BATCH);
  for (const notice of unrouted) await expand(store, config, notice, now());
  await sendDue(store, config, now());
  const unstarted = await readUnstarted(store, BATCH);
  for (const delivery of unstarted) await start(deps, delivery);
  return unrouted.length === BATCH || unstarted.length === BATCH;
}

async function start({ store, client, taskQueue }: PumpDeps, { id, kind, channel }: DeliveryRow): Promise<void> {
  try {
    await client.withDeadline(Date.now() + CALL_MS, () =>
      client.workflow.start<typeof deliverNotice>('deliverNotice', {
        ...{ taskQueue, workflowId: id, workflowIdReusePolicy: 'REJECT_DUPLICATE' },
        args: [{ deliveryId: id }],
        staticSummary: `${kind} to ${channel}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  await markStarted(store, id);
}
