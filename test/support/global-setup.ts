import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { resolveTemporalBinary } from '../../src/temporal/binary.ts';
import { connectTemporal, localTarget } from '../../src/temporal/connect.ts';
import { startEmbedded } from '../../src/temporal/embedded.ts';
import { ensureNamespace } from '../../src/temporal/namespace.ts';
import { registerSearchAttributes } from '../../src/temporal/search-attributes.ts';
import { workflowBundle } from './bundle.ts';
import { findChromium } from './chromium-binary.ts';
import { startCluster } from './postgres-cluster.ts';
import globalTeardown from './global-teardown.ts';
import { running } from './running.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * One Temporal server, one PostgreSQL and one workflow bundle for the whole run, and where the browser is. In the environment
 * GATEHOUSE_TEST_TEMPORAL and GATEHOUSE_TEST_POSTGRES name servers, GATEHOUSE_TEST_CHROMIUM a browser, to use in place of our own.
 */
export default async function globalSetup(): Promise<void> {
  process.env['GATEHOUSE_TEST_NAMESPACE'] ??= 'default';
  // An interrupted run must not leave servers behind, and jest does not call the teardown then.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void globalTeardown().finally(() => process.exit(130));
    });
  }
  chromium();
  await Promise.all([temporal(process.env['GATEHOUSE_TEST_NAMESPACE']), postgres(), bundle()]);
}

async function temporal(namespace: string): Promise<void> {
  if (process.env['GATEHOUSE_TEST_TEMPORAL'] === undefined) {
    const binary = await resolveTemporalBinary({ env: process.env, say });
    running.dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
    running.temporal = await startEmbedded({
      binary,
      dataDir: running.dataDir,
      namespace,
      port: 0,
      uiPort: false,
      say,
    });
    process.env['GATEHOUSE_TEST_TEMPORAL'] = running.temporal.address;
  }
  const { connection } = await connectTemporal(localTarget(process.env['GATEHOUSE_TEST_TEMPORAL'], namespace));
  await ensureNamespace(connection, namespace);
  await registerSearchAttributes(connection, namespace);
  await connection.close();
}

async function postgres(): Promise<void> {
  if (process.env['GATEHOUSE_TEST_POSTGRES'] !== undefined) return;
  const cluster = await startCluster();
  if (cluster === undefined) {
    const missing = 'PostgreSQL is not installed: the tests of the PostgreSQL store';
    if (process.env['CI'] === 'true') throw new Error(`${missing} cannot run, and CI leaves nothing out`);
    say(`LEFT OUT: ${missing} are skipped (on Debian: apt-get install postgresql).`);
    return;
  }
  running.postgres = cluster;
  process.env['GATEHOUSE_TEST_POSTGRES'] = cluster.url;
}

function chromium(): void {
  if (process.env['GATEHOUSE_TEST_CHROMIUM'] !== undefined) return;
  const found = findChromium();
  if (found === undefined) {
    const missing = 'Chromium is not installed: the tests of the console in a browser';
    if (process.env['CI'] === 'true') throw new Error(`${missing} cannot run, and CI leaves nothing out`);
    say(`LEFT OUT: ${missing} are skipped (on Debian: apt-get install chromium).`);
    return;
  }
  process.env['GATEHOUSE_TEST_CHROMIUM'] = found;
}

async function bundle(): Promise<void> {
  const path = await workflowBundle(resolve(import.meta.dirname, '../..'));
  if (path !== undefined) process.env['GATEHOUSE_TEST_BUNDLE'] = path;
}
