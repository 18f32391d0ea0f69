import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { startTracing } from '../observability/tracing.ts';
import { openTemporal } from '../temporal/open.ts';
import { configuredExecutors, createLogger, openCore } from './serve/core.ts';
import { packageVersion } from './serve/paths.ts';
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
      // Beside the executors there is no core that would do it.
      const tracing = executors === undefined ? undefined : await startTracing(process.env, packageVersion());
      const workers =
        core === undefined
          ? await startExecutors(executorsOrFail(executors), temporal.link, logger, settings.observability)
          : await startWorker(core, temporal.link);
      const queues = executors === undefined ? [settings.taskQueue] : [...executors.byTaskQueue().keys()];
      logger.info({ queues, temporal: temporal.link.address }, 'the worker polls');
      await Promise.race([stopped, workers.finished]);
      logger.info('the worker is stopping: it ends what is under way');
      await workers.stop();
      await core?.close();
      await tracing?.close();
      await temporal.close();
      logger.info('the worker has stopped');
      // What an executor left running must not keep the process alive; Temporal has it tried again elsewhere.
      process.exit();
    });
}

function executorsOrFail<Registry extends { executors: readonly unknown[] }>(registry: Registry | undefined): Registry {
  if (registry !== undefined && registry.executors.length > 0) return registry;
  throw new Error('There are no executors to run: set GATEHOUSE_EXECUTORS to a module that exports some.');
}
