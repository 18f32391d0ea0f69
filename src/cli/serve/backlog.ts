import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Logger } from 'pino';

const { TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;
const EVERY_MS = 1_000;
/** A worker that is behind asks for tasks all the time. Less than the backlog that is refused at, so a dead one is none. */
const ALIVE_MS = 5_000;

/**
 * Watches how far the workers are behind: the age of the oldest workflow task that none of them has taken. Where no worker
 * is alive nobody is behind: the gateway goes on deciding, and the workflows catch up when one comes. Reading it is free;
 * asking the server happens beside the requests, once a second, and only while there are any.
 */
export function watchBacklog(
  client: Client,
  taskQueue: string,
  logger: Logger,
): { read: () => { ageMs: number }; stop: () => void } {
  const isServed = watchPolls();
  let ageMs = 0;
  let wanted = false;
  let asking = false;
  const timer = setInterval(() => {
    if (!wanted || asking) return;
    wanted = false;
    asking = true;
    askBacklog(client, taskQueue)
      .then((backlog) => (ageMs = isServed(backlog.lastPollMs) ? backlog.ageMs : 0))
      .catch((error: unknown) => logger.warn({ err: error }, 'the backlog of the task queue is not known'))
      .finally(() => (asking = false));
  }, EVERY_MS);
  timer.unref();

  return {
    read: () => {
      wanted = true;
      return { ageMs };
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * What the server knows of the workflow tasks of a queue, those of all builds together: the age of the oldest one that waits,
 * in milliseconds, and when a worker last asked for one, by the server's clock; 0 where none has. Throws what the call throws.
 */
export async function askBacklog(client: Client, taskQueue: string): Promise<{ ageMs: number; lastPollMs: number }> {
  const { stats, pollers } = await client.withDeadline(Date.now() + EVERY_MS, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
      reportStats: true,
    }),
  );
  const polls = pollers.map(({ lastAccessTime }) => milliseconds(lastAccessTime));
  return { ageMs: milliseconds(stats?.approximateBacklogAge), lastPollMs: Math.max(0, ...polls) };
}

/**
 * Whether a worker is alive, looked at again and again: one is while the time of the last poll goes on. That time is of the
 * server's clock, which is compared with itself alone: the clock of this process may be wrong, and may jump.
 */
export function watchPolls(now: () => number = () => performance.now()): (lastPollMs: number) => boolean {
  let last = 0;
  let lookedAt = -Infinity;
  let wentOnAt = -Infinity;
  return (lastPollMs) => {
    const at = now();
    // After a pause nobody knows when in it the poll was.
    if (lastPollMs > last && at - lookedAt < ALIVE_MS) wentOnAt = at;
    last = lastPollMs;
    lookedAt = at;
    return at - wentOnAt < ALIVE_MS;
  };
}

function milliseconds(time: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;
}
