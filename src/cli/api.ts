import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { openTemporal } from '../temporal/open.ts';
import { createLogger, openCore } from './serve/core.ts';
import { startApi } from './serve/api.ts';
import { untilStopped } from './serve/until-stopped.ts';

/** `gatehouse api`: the HTTP API alone, against a Temporal server and a store that run already. */
export function addApiCommand(program: Command): void {
  program
    .command('api')
    .description('serve the HTTP API (needs a running Temporal server; see `up` for everything at once)')
    .action(async () => {
      const { stopped } = untilStopped();
      const settings = readSettings();
      const logger = createLogger(settings);
      for (const warning of settings.warnings) logger.warn(warning);
      const temporal = await openTemporal(settings, { startServer: false, say: (line) => logger.info(line) });
      const core = await openCore(settings, logger);
      const api = await startApi(core, temporal.link);
      logger.info({ url: api.url, temporal: temporal.link.address }, 'the API serves');
      await stopped;
      logger.info('the API is stopping: it ends what is under way');
      await api.close();
      await core.close();
      await temporal.close();
      logger.info('the API has stopped');
    });
}
