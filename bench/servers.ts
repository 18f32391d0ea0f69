import { readSettings } from '../src/settings.ts';
import { connectTemporal, localTarget, type TemporalLink } from '../src/temporal/connect.ts';
import { openTemporal } from '../src/temporal/open.ts';

/** The servers below Gatehouse, started for this run. */
export interface Servers {
  link: TemporalLink;
  /** The environment that makes Gatehouse use them. */
  env: Record<string, string>;
  pids: Record<string, number>;
  stop(): Promise<void>;
}

/** What `scripts/production/stack.mjs` exports, which is plain JavaScript. */
interface Production {
  startProduction: (options: { dir: string; log: (line: string) => void }) => Promise<{
    address: string;
    namespace: string;
    databaseUrl: string;
    pids: { postgres: number; temporal: number };
    stop: () => Promise<void>;
  }>;
}

/** The embedded Temporal server on a database file; the store is SQLite. */
export async function startEmbeddedServers(dir: string, say: (line: string) => void): Promise<Servers> {
  const settings = readSettings({ GATEHOUSE_DATA: dir });
  const temporal = await openTemporal(settings, { startServer: true, say });
  const { link, server } = temporal;
  return {
    link,
    env: { TEMPORAL_ADDRESS: link.address, TEMPORAL_NAMESPACE: link.namespace },
    pids: server === undefined ? {} : { temporal: server.pid },
    stop: () => temporal.close(),
  };
}

/** PostgreSQL, a Temporal server in production shape on it, and a database on it for the store. */
export async function startProductionServers(dir: string, say: (line: string) => void): Promise<Servers> {
  const script = new URL('../scripts/production/stack.mjs', import.meta.url).href;
  const { startProduction } = (await import(script)) as Production;
  const { address, namespace, databaseUrl, pids, stop } = await startProduction({ dir, log: say });
  const link = await connectTemporal(localTarget(address, namespace));
  return {
    link,
    env: { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, DATABASE_URL: databaseUrl },
    pids: { temporal: pids.temporal, postgres: pids.postgres },
    stop: async () => {
      await link.connection.close();
      await stop();
    },
  };
}
