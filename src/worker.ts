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
import { inRun } from './store/writing-run.ts';
import type { WorkerBuild } from './settings/worker-build.ts';

export interface WorkerConfig {
  connection: NativeConnectionOptions;
  namespace: string;
  /** How payloads are encrypted, if they are. */
  dataConverter: DataConverter;
  logger: Logger;
  taskQueue: string;
  /** Which build this is, where Temporal directs actions to builds; without it the worker takes all that come. */
  build?: WorkerBuild;
  /** The prebuilt bundle of `src/workflows`. */
  bundlePath: string;
  /** Where Temporal's own client and worker serve their figures, e.g. `127.0.0.1:9464`; nowhere without it. */
  metricsAddress?: string;
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
} satisfies Partial<WorkerOptions>;

/**
 * What runs when a worker is told to stop may end by itself, then it is cancelled, and what does not heed that is left behind:
 * Temporal has it tried again elsewhere once its timeout is over. All of it stays within the 15 seconds that are promised.
 */
const STOPPING = { shutdownGraceTime: '10 seconds', shutdownForceTime: '13 seconds' } satisfies Partial<WorkerOptions>;

/** Has whatever a step puts on record name the run of the workflow that asked for it. */
const NAMES_RUN: NonNullable<WorkerOptions['interceptors']> = {
  activity: [
    ({ info }) => ({
      inbound: {
        execute: (input, next) => {
          const { workflowExecution: execution } = info;
          return execution === undefined ? next(input) : inRun(execution, () => next(input));
        },
      },
    }),
  ],
};

/** Runs the workflows of the gate and their steps. It needs the store and the policy, and no credentials of any target. */
export async function startGateWorker(config: WorkerConfig, deps: GateActivityDeps): Promise<RunningWorkers> {
  setUpRuntime(config);
  const connection = await NativeConnection.connect(config.connection);
  const worker = await Worker.create({
    ...TUNING,
    ...STOPPING,
    connection,
    namespace: config.namespace,
    dataConverter: config.dataConverter,
    taskQueue: config.taskQueue,
    workflowBundle: { codePath: config.bundlePath },
    activities: { ...createGateActivities(deps), ...createStopActivities(deps) },
    interceptors: NAMES_RUN,
    ...(config.build === undefined ? {} : { workerDeploymentOptions: deployment(config.taskQueue, config.build) }),
  });
  return run([worker], connection);
}

/** Runs executors, each set on its own task queue. It needs the credentials of its targets, and neither store nor policy. */
export async function startExecutorWorkers(
  config: Pick<WorkerConfig, 'connection' | 'namespace' | 'dataConverter' | 'logger' | 'metricsAddress'>,
  executors: ExecutorRegistry,
): Promise<RunningWorkers> {
  setUpRuntime(config);
  const connection = await NativeConnection.connect(config.connection);
  const workers = await Promise.all(
    [...executors.byTaskQueue()].map(([taskQueue, served]) =>
      Worker.create({
        connection,
        namespace: config.namespace,
        dataConverter: config.dataConverter,
        taskQueue,
        activities: { ...executorActivities(served) },
        ...STOPPING,
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
  setUpRuntime(config);
  const connection = await NativeConnection.connect(config.connection);
  const worker = await Worker.create({
    connection,
    namespace: config.namespace,
    dataConverter: config.dataConverter,
    taskQueue: config.taskQueue,
    workflowBundle: { codePath: config.bundlePath },
    activities: { ...createNoticeActivities(deps) },
    interceptors: NAMES_RUN,
    stickyQueueScheduleToStartTimeout: TUNING.stickyQueueScheduleToStartTimeout,
    maxCachedWorkflows: 100,
    maxConcurrentActivityTaskExecutions: 50,
    ...STOPPING,
  });
  return run([worker], connection);
}

/**
 * The worker deployment of a task queue: named after it, without the characters that Temporal keeps for itself. Executors
 * stay outside of it: what they run has no history that a build would have to replay.
 */
export function deploymentName(taskQueue: string): string {
  return taskQueue.replaceAll(/[.:]/g, '-');
}

function deployment(
  taskQueue: string,
  { id, versioning }: WorkerBuild,
): NonNullable<WorkerOptions['workerDeploymentOptions']> {
  return {
    useWorkerVersioning: true,
    version: { deploymentName: deploymentName(taskQueue), buildId: id },
    defaultVersioningBehavior: versioning === 'pinned' ? 'PINNED' : 'AUTO_UPGRADE',
  };
}

let installed = false;

/**
 * The SDK tells of every state of every worker: what is wrong goes to our own log, the rest nowhere. Its figures it serves by
 * itself. Once a process.
 */
function setUpRuntime({ logger, metricsAddress }: Pick<WorkerConfig, 'logger' | 'metricsAddress'>): void {
  if (installed) return;
  installed = true;
  const level = (name: string) => (name === 'ERROR' ? 'error' : 'warn');
  Runtime.install({
    logger: new DefaultLogger('WARN', (entry) => logger[level(entry.level)]({ ...entry.meta }, entry.message)),
    ...(metricsAddress === undefined
      ? {}
      : {
          telemetryOptions: {
            metrics: {
              prometheus: {
                bindAddress: metricsAddress,
                countersTotalSuffix: true,
                unitSuffix: true,
                useSecondsForDurations: true,
              },
            },
          },
        }),
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
