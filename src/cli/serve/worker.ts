import type { Logger } from 'pino';
import { startExecutorWorkers, startGateWorker, type RunningWorkers } from '../../worker.ts';
import type { ExecutorRegistry } from '../../activities/executors/registry.ts';
import type { Settings } from '../../settings.ts';
import type { TemporalLink } from '../../temporal/connect.ts';
import { startRecordCare } from './caretaker.ts';
import type { Core } from './core.ts';
import { workerOf } from './link.ts';
import { startNoticePruning, startNotices } from './notices.ts';
import { BUNDLE_PATH } from './paths.ts';
import { startRecord } from './record.ts';

/**
 * Starts the worker of the workflows on an open core, with what looks after the record beside it, and where somebody is told
 * of what waits what tells them.
 */
export async function startWorker(core: Core, link: TemporalLink, bundlePath = BUNDLE_PATH): Promise<RunningWorkers> {
  const { settings, store, policies, logger, metrics } = core;
  const gate = await startGateWorker(
    {
      ...{ ...workerOf(link), logger, bundlePath },
      taskQueue: settings.taskQueue,
      ...metricsOf(settings.observability),
      ...(settings.workerBuild === undefined ? {} : { build: settings.workerBuild }),
    },
    {
      ...{ store, policies, now: Date.now, unsignedVerdicts: settings.unsignedVerdicts },
      ...(metrics === undefined ? {} : { meters: metrics.meters }),
    },
  );
  const notices = await startNotices(core, link, bundlePath).catch(async (error: unknown) => {
    await gate.stop();
    throw error;
  });
  const workers = notices === undefined ? gate : together(gate, notices);
  const record = await startRecord(core);
  const care = await startRecordCare(core, link);
  const pruning = startNoticePruning(core);
  return {
    finished: workers.finished,
    stop: async () => {
      await workers.stop();
      await pruning.stop();
      await care.stop();
      await record.stop();
    },
  };
}

/** Starts the workers of the executors. They open neither store nor policy. */
export async function startExecutors(
  executors: ExecutorRegistry,
  link: TemporalLink,
  logger: Logger,
  observability?: Settings['observability'],
): Promise<RunningWorkers> {
  return startExecutorWorkers({ ...workerOf(link), logger, ...metricsOf(observability) }, executors);
}

function together(...workers: readonly RunningWorkers[]): RunningWorkers {
  return {
    finished: Promise.all(workers.map(({ finished }) => finished)).then(() => undefined),
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

function metricsOf(observability?: Settings['observability']): { metricsAddress?: string } {
  const address = observability?.temporalMetrics;
  return address === undefined ? {} : { metricsAddress: address };
}
