import { mkdirSync } from 'node:fs';
import { pino, type Logger } from 'pino';
import { ExecutorRegistry } from '../../activities/executors/registry.ts';
import { loadExecutors } from '../../activities/executors/load.ts';
import { openPolicySource, type PolicySource } from '../../decide/policy-source.ts';
import type { Settings } from '../../settings.ts';
import { openStore, type Store } from '../../store/open.ts';
import { keepPolicyVersion } from '../../store/policy-versions.ts';

/** What the API and the worker both need, open. */
export interface Core {
  settings: Settings;
  logger: Logger;
  store: Store;
  policies: PolicySource;
  executors: ExecutorRegistry;
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
  const store = await openStore({
    url: settings.store.kind === 'sqlite' ? settings.store.file : settings.store.url,
  });
  const policies = openPolicySource(settings.policyDir, {
    logger,
    onChange: (inForce) => {
      if (!inForce.ok) return;
      keepPolicyVersion(store, inForce.policy.digest, inForce.policy.text).catch((error: unknown) => {
        logger.error({ err: error }, 'the text of the policy could not be kept');
      });
    },
  });
  return {
    settings,
    logger,
    store,
    policies,
    executors,
    close: async () => {
      policies.close();
      await store.close();
    },
  };
}

/** The executors of the module that the settings name; none when they name none. */
export async function configuredExecutors(settings: Settings): Promise<ExecutorRegistry> {
  return new ExecutorRegistry(settings.executors === undefined ? [] : await loadExecutors(settings.executors));
}
