import { ApplicationFailure, Context, getClient } from '@temporalio/activity';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import type { StoppedAction } from '@gatehouse/sdk/contract';
import type { Store } from '../store/open.ts';
import { listStopped } from '../store/stopped-actions.ts';
import type { StopRow } from '../store/stops-in-force.ts';
import { markCarriedOut, readStop } from '../store/stops.ts';
import { sweep } from '../store/sweep.ts';
import { settleWrites } from '../store/switchboard.ts';
import { cancelUpdate } from '../workflows/messages.ts';

export interface StopActivityDeps {
  store: Store;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** The steps of carrying out a stop. Both may run twice, and beside whoever threw it. */
export interface StopActivities {
  /** Ends in the record what the stop covers; resolves when nothing is left, or the stop was lifted. */
  endCovered(input: { stopId: string }): Promise<{ left: number }>;
  /** Has the workflow of every action that was ended look, so that it ends too. */
  tellWorkflows(input: { stopId: string }): Promise<void>;
}

const PAGE = 100;
/** A worker that is told of a thousand ends at once has nothing left for anybody else. */
const AT_ONCE = 10;
const DEADLINE_MS = 10_000;
const BEAT_MS = 5_000;

/** Binds the steps to the store of this worker; the client of Temporal is the worker's own. */
export function createStopActivities({ store, now }: StopActivityDeps): StopActivities {
  return {
    endCovered: ({ stopId }) =>
      whileBeating(async () => {
        const stop = await knownStop(store, stopId);
        if (stop.lifted_at !== null) return { left: 0 };
        await settleWrites(store);
        const left = await sweep(store, stop, now());
        if (left > 0 && (await knownStop(store, stopId)).lifted_at === null) {
          throw new Error(`The stop ${stopId} still covers ${String(left)} open actions`);
        }
        return { left };
      }),
    tellWorkflows: async ({ stopId }) => {
      const stop = await knownStop(store, stopId);
      await tellAll(store, stop, getClient());
      await markCarriedOut(store, stopId, now());
    },
  };
}

/** Page by page. An attempt after one that died goes on behind the page that was done last. */
async function tellAll(store: Store, stop: StopRow, client: Client): Promise<void> {
  const context = Context.current();
  const last: unknown = context.info.heartbeatDetails;
  let after = typeof last === 'string' ? last : undefined;
  for (;;) {
    const page = await listStopped(store, { stopId: stop.id, running: false, limit: PAGE, after });
    const waiting = [...page];
    const lane = async (): Promise<void> => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        context.cancellationSignal.throwIfAborted();
        await tell(client, stop, one);
        context.heartbeat(after);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    after = page.at(-1)?.actionId;
    if (page.length < PAGE) return;
    context.heartbeat(after);
  }
}

/** A workflow that is over needs no telling. One that does not answer is told again by the next attempt. */
async function tell(client: Client, stop: StopRow, { actionId }: Pick<StoppedAction, 'actionId'>): Promise<void> {
  try {
    await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      client.workflow.getHandle(actionId).executeUpdate(cancelUpdate, {
        args: [{ by: `stop:${stop.id}`, reason: stop.reason }],
        updateId: `stopped-${stop.id}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError) && !(error instanceof WorkflowUpdateFailedError)) throw error;
  }
}

async function knownStop(store: Store, stopId: string): Promise<StopRow> {
  const stop = await readStop(store, stopId);
  if (stop !== undefined) return stop;
  const message = `There is no stop ${stopId} on record`;
  throw ApplicationFailure.create({ type: 'not_found', message, nonRetryable: true });
}

async function whileBeating<Result>(work: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const timer = setInterval(() => {
    context.heartbeat();
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
