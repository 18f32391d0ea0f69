import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { openTemporal } from '../temporal/open.ts';
import { configuredExecutors, createLogger, openCore } from './serve/core.ts';
import { untilStopped } from './serve/until-stopped.ts';
import { startExecutors, startWorker } from './serve/worker.ts';

/** `gatehouse worker`: runs the workflows; with `--executors` runs the executors of GATEHOUSE_EXECUTORS instead. */
export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .description('run the workflows of guarded actions, or with --executors the effects themselves')
    .option('--executors', 'run the executors of GATEHOUSE_EXECUTORS; give only this process their credentials')
    .action(async (options: { executors?: boolean }) => {
      const { stopped } = untilStopped();
      const settings = readSettings();
      const logger = createLogger(settings);
      const temporal = await openTemporal(settings, { startServer: false, say: (line) => logger.info(line) });
      const executors = options.executors === true ? await configuredExecutors(settings) : undefined;
      const core = executors === undefined ? await openCore(settings, logger) : undefined;
      const workers =
        core === undefined
          ? await startExecutors(executorsOrFail(executors), temporal.link, logger)
          : await startWorker(core, temporal.link);
      const queues = executors === undefined ? [settings.taskQueue] : [...executors.byTaskQueue().keys()];
      logger.info({ queues, temporal: temporal.link.address }, 'the worker polls');
      await Promise.race([stopped, workers.finished]);
      await workers.stop();
      await core?.close();
      await temporal.close();
      logger.info('the worker has stopped');
    });
}

function executorsOrFail<Registry extends { executors: readonly unknown[] }>(registry: Registry | undefined): Registry {
  if (registry !== undefined && registry.executors.length > 0) return registry;
  throw new Error('There are no executors to run: set GATEHOUSE_EXECUTORS to a module that exports some.');
}
