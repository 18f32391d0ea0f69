import type { ExecutorRegistry } from '../../activities/executors/registry.ts';
import type { RunningServer } from '../../api/serve.ts';
import type { Settings } from '../../settings.ts';
import { openTemporal, type OpenTemporal } from '../../temporal/open.ts';
import { startApi } from './api.ts';
import { createLogger, openCore, type Core } from './core.ts';
import { ensureDevKeys, type DevKeys } from './dev-keys.ts';
import { startExecutors, startWorker } from './worker.ts';

/** Everything that `gatehouse up` runs, in one process. */
export interface RunningStack {
  temporal: OpenTemporal;
  core: Core;
  api: RunningServer;
  keys: DevKeys;
  /** Whether this was the first run on the data folder. */
  madeKeys: boolean;
  /** Rejects when a part of it ends by itself. */
  failed: Promise<never>;
  /** Stops in order: no new requests, then the workers, then the store, then Temporal. */
  stop(): Promise<void>;
}

export interface StackOptions {
  say: (line: string) => void;
  signal?: AbortSignal;
  /** In place of those of the settings. */
  executors?: ExecutorRegistry;
}

/** Starts Temporal (if none is configured), store, workers and API, in this order. What was started is stopped on failure. */
export async function startStack(settings: Settings, options: StackOptions): Promise<RunningStack> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const { say, signal } = options;
    const temporal = await openTemporal(settings, {
      startServer: true,
      say,
      ...(signal === undefined ? {} : { signal }),
    });
    undo.push(() => temporal.close());
    const core = await openCore(
      settings,
      createLogger(settings, `${settings.dataDir}/gatehouse.log`),
      options.executors,
    );
    undo.push(() => core.close());
    const workers = [
      await startWorker(core, temporal.link),
      await startExecutors(core.executors, temporal.link, core.logger),
    ];
    undo.push(async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    });
    const { keys, made } = await ensureDevKeys(core.store, settings.dataDir);
    const api = await startApi(core, temporal.link);
    undo.push(() => api.close());
    const failed = Promise.all(workers.map((worker) => worker.finished)).then(
      () => new Promise<never>(() => undefined),
    );
    return { temporal, core, api, keys, madeKeys: made, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
