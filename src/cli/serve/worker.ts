import type { Logger } from 'pino';
import { startExecutorWorkers, startGateWorker, type RunningWorkers } from '../../worker.ts';
import type { ExecutorRegistry } from '../../activities/executors/registry.ts';
import type { TemporalLink } from '../../temporal/connect.ts';
import type { Core } from './core.ts';
import { workerOf } from './link.ts';
import { startNotices } from './notices.ts';
import { BUNDLE_PATH } from './paths.ts';

/** Starts the worker of the workflows on an open core, and where somebody is told of them what tells them. */
export async function startWorker(core: Core, link: TemporalLink, bundlePath = BUNDLE_PATH): Promise<RunningWorkers> {
  const { settings, store, policies, logger } = core;
  const gate = await startGateWorker(
    { ...workerOf(link), logger, taskQueue: settings.taskQueue, bundlePath },
    { store, policies, now: Date.now, unsignedVerdicts: settings.unsignedVerdicts },
  );
  const notices = await startNotices(core, link, bundlePath).catch(async (error: unknown) => {
    await gate.stop();
    throw error;
  });
  return notices === undefined ? gate : together(gate, notices);
}

/** Starts the workers of the executors. They open neither store nor policy. */
export async function startExecutors(
  executors: ExecutorRegistry,
  link: TemporalLink,
  logger: Logger,
): Promise<RunningWorkers> {
  return startExecutorWorkers({ ...workerOf(link), logger }, executors);
}

function together(...workers: readonly RunningWorkers[]): RunningWorkers {
  return {
    finished: Promise.all(workers.map(({ finished }) => finished)).then(() => undefined),
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
