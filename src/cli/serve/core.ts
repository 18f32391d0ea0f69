import { mkdirSync } from 'node:fs';
import { pino, type Logger } from 'pino';
import { ExecutorRegistry } from '../../activities/executors/registry.ts';
import { loadExecutors } from '../../activities/executors/load.ts';
import { openPolicyHolder, type PolicyHolder } from '../../decide/policy-in-force.ts';
import type { NoticesConfig } from '../../notices/config.ts';
import { loadNotices } from '../../notices/load.ts';
import type { Settings } from '../../settings.ts';
import { openStore, type Store } from '../../store/open.ts';
import { startTracing } from '../../observability/tracing.ts';
import { startMetrics, type Metrics } from './metrics.ts';
import { packageVersion } from './paths.ts';

/** What the API and the worker both need, open. */
export interface Core {
  settings: Settings;
  logger: Logger;
  store: Store;
  policies: PolicyHolder;
  executors: ExecutorRegistry;
  /** Who is told of what waits for people; null where nobody is. */
  notices: NoticesConfig | null;
  /** Undefined where the settings give no port for figures. */
  metrics: Metrics | undefined;
  close(): Promise<void>;
}

/** Structured lines on standard error, so that standard output stays for what a command answers. */
export function createLogger(settings: Pick<Settings, 'logLevel'>, file?: string): Logger {
  const destination = pino.destination({ dest: file ?? 2, sync: true, mkdir: true });
  return pino({ level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** Opens the store, the policy and the executors' manifests. A broken policy does not stop it: everything is refused then. */
export async function openCore(settings: Settings, logger: Logger, ownExecutors?: ExecutorRegistry): Promise<Core> {
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const executors = ownExecutors ?? (await configuredExecutors(settings));
  // Before anything is open: whoever believes that people are told must hear that they are not.
  const notices = settings.notices === undefined ? null : loadNotices(settings.notices);
  for (const warning of notices?.warnings ?? []) logger.warn(warning);
  const store = await openStore({
    url: settings.store.kind === 'sqlite' ? settings.store.file : settings.store.url,
    arguments: settings.recordedArguments,
  });
  const policies = await openPolicies(settings, store, logger);
  const metrics = await startMetrics(settings.observability, store).catch(async (error: unknown) => {
    policies.close();
    await store.close();
    throw error;
  });
  const tracing = await startTracing(process.env, packageVersion());
  if (metrics !== undefined) logger.info({ url: metrics.url }, 'metrics are served');
  return {
    settings,
    logger,
    store,
    policies,
    executors,
    notices,
    metrics,
    close: async () => {
      await metrics?.close();
      await tracing?.close();
      policies.close();
      await store.close();
    },
  };
}

async function openPolicies(settings: Settings, store: Store, logger: Logger): Promise<PolicyHolder> {
  try {
    return await openPolicyHolder(settings.policyDir, store, { logger });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The executors of the module that the settings name; none when they name none. */
export async function configuredExecutors(settings: Settings): Promise<ExecutorRegistry> {
  return new ExecutorRegistry(settings.executors === undefined ? [] : await loadExecutors(settings.executors));
}
