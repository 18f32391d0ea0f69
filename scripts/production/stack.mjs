import { mkdir } from 'node:fs/promises';
import { registerNamespace } from './namespace.mjs';
import { startPostgres } from './postgres.mjs';
import { findServerBinaries } from './server-binaries.mjs';
import { applyTemporalSchema } from './temporal-schema.mjs';
import { startTemporalServer } from './temporal-server.mjs';

const NAMESPACE = 'gatehouse';

/**
 * Starts what production has, on this machine and for throwing away: a PostgreSQL cluster with the databases of Temporal
 * and of Gatehouse, and a Temporal server on it with the namespace and search attributes that Gatehouse needs.
 * @param {{ dir: string, log?: (line: string) => void, retentionDays?: number }} options everything is kept in `dir`
 * @returns {Promise<{ address: string, namespace: string, databaseUrl: string, pids: { postgres: number, temporal: number }, stop: () => Promise<void> }>}
 *   `stop` ends both in order and can be called twice
 */
export async function startProduction({ dir, log = () => undefined, retentionDays = 1 }) {
  await mkdir(dir, { recursive: true });
  const binaries = await findServerBinaries(log);
  const started = [];
  let stopping;
  const stop = () => (stopping ??= stopInOrder(started));
  try {
    const postgres = await startPostgres({ dir, databases: ['temporal', 'temporal_visibility', 'gatehouse'] });
    started.push(postgres);
    log(`PostgreSQL listens on 127.0.0.1:${postgres.port}.`);
    await applyTemporalSchema({ sqlTool: binaries.sqlTool, postgres });
    const temporal = await startTemporalServer({ dir, server: binaries.server, postgres });
    started.push(temporal);
    log(`The Temporal server listens on ${temporal.address}.`);
    await registerNamespace({ address: temporal.address, namespace: NAMESPACE, retentionDays });
    log(`The namespace ${NAMESPACE} has its search attributes.`);
    return {
      address: temporal.address,
      namespace: NAMESPACE,
      databaseUrl: postgres.url('gatehouse'),
      pids: { postgres: postgres.pid, temporal: temporal.pid },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopInOrder(started) {
  // The server before its database, or its log fills with lost connections.
  for (const part of started.reverse()) await part.stop();
}
