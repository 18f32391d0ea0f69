import type { Logger } from 'pino';
import { startExecutorWorkers, startGateWorker, type RunningWorkers } from '../../worker.ts';
import type { ExecutorRegistry } from '../../activities/executors/registry.ts';
import type { TemporalLink } from '../../temporal/connect.ts';
import type { Core } from './core.ts';
import { BUNDLE_PATH } from './paths.ts';

/** Starts the worker of the workflows on an open core. */
export async function startWorker(core: Core, link: TemporalLink, bundlePath = BUNDLE_PATH): Promise<RunningWorkers> {
  const { settings, store, policies, logger } = core;
  return startGateWorker(
    { connection: link.nativeOptions, namespace: link.namespace, logger, taskQueue: settings.taskQueue, bundlePath },
    { store, policies, now: Date.now, unsignedVerdicts: settings.unsignedVerdicts },
  );
}

/** Starts the workers of the executors. They open neither store nor policy. */
export async function startExecutors(
  executors: ExecutorRegistry,
  link: TemporalLink,
  logger: Logger,
): Promise<RunningWorkers> {
  const { nativeOptions: connection, namespace } = link;
  return startExecutorWorkers({ connection, namespace, logger }, executors);
}
