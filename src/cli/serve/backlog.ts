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
  let ageMs = 0;
  let wanted = false;
  let asking = false;
  const timer = setInterval(() => {
    if (!wanted || asking) return;
    wanted = false;
    asking = true;
    ask()
      .catch((error: unknown) => logger.warn({ err: error }, 'the backlog of the task queue is not known'))
      .finally(() => (asking = false));
  }, EVERY_MS);
  timer.unref();

  async function ask(): Promise<void> {
    const { stats, pollers } = await client.withDeadline(Date.now() + EVERY_MS, () =>
      client.workflowService.describeTaskQueue({
        namespace: client.options.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
        reportStats: true,
      }),
    );
    const age = stats?.approximateBacklogAge;
    const lastSeen = Math.max(0, ...pollers.map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000));
    const isServed = Date.now() - lastSeen < ALIVE_MS;
    ageMs = isServed ? Number(age?.seconds ?? 0) * 1000 + (age?.nanos ?? 0) / 1e6 : 0;
  }

  return {
    read: () => {
      wanted = true;
      return { ageMs };
    },
    stop: () => clearInterval(timer),
  };
}
