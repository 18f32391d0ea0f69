import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type NativeConnectionOptions,
  type WorkerOptions,
} from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { Logger } from 'pino';
import { executorActivities } from './activities/executors/activities.ts';
import type { ExecutorRegistry } from './activities/executors/registry.ts';
import { createNoticeActivities, type NoticeActivityDeps } from './activities/deliver-notice.ts';
import { createStopActivities } from './activities/carry-out-stop.ts';
import { createGateActivities, type GateActivityDeps } from './activities/gate.ts';

export interface WorkerConfig {
  connection: NativeConnectionOptions;
  namespace: string;
  /** How payloads are encrypted, if they are. */
  dataConverter: DataConverter;
  logger: Logger;
  taskQueue: string;
  /** The prebuilt bundle of `src/workflows`. */
  bundlePath: string;
}

/** Running workers that stop together. */
export interface RunningWorkers {
  /** Rejects if a worker fails; resolves after `stop`. */
  finished: Promise<void>;
  /** Lets what runs end, within the grace time. */
  stop(): Promise<void>;
}

/**
 * Tuned for many short workflows on a small machine; each figure was measured. A dead worker's cached workflows stall for
 * the sticky timeout, new workflows come on the other queue, and every cached workflow costs about 80 kB.
 */
const TUNING = {
  stickyQueueScheduleToStartTimeout: '3 seconds',
  nonStickyToStickyPollRatio: 0.5,
  maxCachedWorkflows: 1_000,
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentWorkflowTaskPolls: 10,
  maxConcurrentLocalActivityExecutions: 100,
  shutdownGraceTime: '10 seconds',
} satisfies Partial<WorkerOptions>;

/** Runs the workflows of the gate and their steps. It needs the store and the policy, and no credentials of any target. */
export async function startGateWorker(config: WorkerConfig, deps: GateActivityDeps): Promise<RunningWorkers> {
  sendLogsTo(config.logger);
  const connection = await NativeConnection.connect(config.connection);
  const worker = await Worker.create({
    ...TUNING,
    connection,
    namespace: config.namespace,
    dataConverter: config.dataConverter,
    taskQueue: config.taskQueue,
    workflowBundle: { codePath: config.bundlePath },
    activities: { ...createGateActivities(deps), ...createStopActivities(deps) },
  });
  return run([worker], connection);
}

/** Runs executors, each set on its own task queue. It needs the credentials of its targets, and neither store nor policy. */
export async function startExecutorWorkers(
  config: Pick<WorkerConfig, 'connection' | 'namespace' | 'dataConverter' | 'logger'>,
  executors: ExecutorRegistry,
): Promise<RunningWorkers> {
  sendLogsTo(config.logger);
  const connection = await NativeConnection.connect(config.connection);
  const workers = await Promise.all(
    [...executors.byTaskQueue()].map(([taskQueue, served]) =>
      Worker.create({
        connection,
        namespace: config.namespace,
        dataConverter: config.dataConverter,
        taskQueue,
        activities: { ...executorActivities(served) },
        shutdownGraceTime: '10 seconds',
      }),
    ),
  );
  return run(workers, connection);
}

/**
 * Delivers notices, on a task queue of its own: channels that hang take no place from the actions, and the most that they
 * can hold up is each other.
 */
export async function startNoticeWorker(config: WorkerConfig, deps: NoticeActivityDeps): Promise<RunningWorkers> {
  sendLogsTo(config.logger);
  const connection = await NativeConnection.connect(config.connection);
  const worker = await Worker.create({
    connection,
    namespace: config.namespace,
    dataConverter: config.dataConverter,
    taskQueue: config.taskQueue,
    workflowBundle: { codePath: config.bundlePath },
    activities: { ...createNoticeActivities(deps) },
    stickyQueueScheduleToStartTimeout: TUNING.stickyQueueScheduleToStartTimeout,
    maxCachedWorkflows: 100,
    maxConcurrentActivityTaskExecutions: 50,
    shutdownGraceTime: TUNING.shutdownGraceTime,
  });
  return run([worker], connection);
}

let installed = false;

/** The SDK tells of every state of every worker: what is wrong goes to our own log, the rest nowhere. Once a process. */
function sendLogsTo(logger: Logger): void {
  if (installed) return;
  installed = true;
  const level = (name: string) => (name === 'ERROR' ? 'error' : 'warn');
  Runtime.install({
    logger: new DefaultLogger('WARN', (entry) => logger[level(entry.level)]({ ...entry.meta }, entry.message)),
  });
}

function run(workers: Worker[], connection: NativeConnection): RunningWorkers {
  const finished = Promise.all(workers.map((worker) => worker.run())).then(() => connection.close());
  return {
    finished,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await finished.catch(() => undefined);
    },
  };
}
