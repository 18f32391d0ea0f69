import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import Database from 'libsql';
import { createKey } from '../../src/store/keys.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { connectTemporal, localTarget } from '../../src/temporal/connect.ts';
import { ensureNamespace } from '../../src/temporal/namespace.ts';
import { freePort } from '../../src/temporal/ports.ts';
import { registerSearchAttributes } from '../../src/temporal/search-attributes.ts';
import { startCluster, type Cluster } from '../../test/support/postgres-cluster.ts';
import { forkTypeScript, startAgents, type Agents } from './agents.ts';
import { startCountingServer, type CountingServer } from './counting-server.ts';
import type { FaultOptions } from './options.ts';
import { createPart, type Part } from './part.ts';
import { startProxy, type Proxy } from './proxy.ts';
import { startTemporalPart, type TemporalPart } from './temporal-part.ts';
import { POLICY } from './wishes.ts';

export const AGENT = 'faults-agent';
export const PROBE = 'faults-probe';
const REVIEWER = 'faults-reviewer';
const AGENTS = 2;
/** Short, so that what a killed agent leaves behind is soon `unknown`. */
const LEASE_SECONDS = '8';

/** A whole Gatehouse as processes, with agents, a reviewer and targets, and every connection through a proxy. */
export interface Bed {
  dir: string;
  apis: readonly Part[];
  gate: Part;
  executors: Part;
  temporal: TemporalPart;
  postgres: Cluster | undefined;
  agents: Agents;
  /** By the name of who connects to whom. */
  links: Readonly<Record<string, Proxy>>;
  store: Store;
  /** The harness's own, on a connection that is never cut. */
  client: Client;
  target: CountingServer;
  /** The first gateway, not through a proxy. */
  url: string;
  probeKey: string;
  journal: string;
  file: string;
  effects: Database.Database;
  ownDeaths: string[];
  /** Whether the reviewer answers what it is to leave for later. */
  answerLate(late: boolean): void;
  stop(): Promise<void>;
}

/** Starts everything in a new folder. What was started is stopped on failure. */
export async function startBed(options: FaultOptions, say: (line: string) => void): Promise<Bed> {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-faults-'));
  const undo: (() => unknown)[] = [
    () => (options.keep ? say(`Kept: ${dir}`) : rmSync(dir, { recursive: true, force: true })),
  ];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await assemble(dir, options, say, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  dir: string,
  { store: kind, apis: count }: FaultOptions,
  say: (line: string) => void,
  undo: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<Bed> {
  mkdirSync(join(dir, 'policies'));
  writeFileSync(join(dir, 'policies', 'policy.yaml'), POLICY);

  const toTemporal: Record<string, Proxy> = {};
  const temporal = await startTemporalPart(
    dir,
    (port) => {
      for (const proxy of Object.values(toTemporal)) proxy.lead(port);
    },
    say,
  );
  undo.push(() => temporal.stop());
  for (const who of ['api', 'gate', 'executors', 'harness']) {
    const proxy = (toTemporal[who] = await startProxy(temporal.port));
    undo.push(() => proxy.close());
  }
  const addressFor = (who: string): string => `127.0.0.1:${String(toTemporal[who]?.port)}`;
  const link = await connectTemporal(localTarget(addressFor('harness'), 'default'));
  undo.push(() => link.connection.close());
  await ensureNamespace(link.connection, 'default');
  await registerSearchAttributes(link.connection, 'default');

  const postgres = kind === 'postgres' ? await startCluster() : undefined;
  if (kind === 'postgres' && postgres === undefined) throw new Error('--store postgres: PostgreSQL is not installed');
  if (postgres !== undefined) undo.push(() => postgres.stop());
  const storeUrl = postgres?.url ?? join(dir, 'gatehouse.db');
  const links: Record<string, Proxy> = {};
  for (const who of ['api', 'gate', 'executors'] as const) {
    const proxy = toTemporal[who];
    if (proxy !== undefined) links[`${who} to Temporal`] = proxy;
  }
  const storeEnv: Record<string, string> = {};
  if (postgres !== undefined) {
    const url = new URL(postgres.url);
    const proxy = (links['api and gate to PostgreSQL'] = await startProxy(Number(url.port)));
    undo.push(() => proxy.close());
    url.port = String(proxy.port);
    storeEnv['DATABASE_URL'] = url.href;
  }
  const store = await openStore({ url: storeUrl });
  undo.push(() => store.close());
  const agentKey = await createKey(store, 'agent', AGENT);
  const probeKey = await createKey(store, 'agent', PROBE);
  const reviewerKey = await createKey(store, 'reviewer', REVIEWER);

  const target = await startCountingServer();
  undo.push(() => target.close());
  const [journal, file, database] = ['journal', 'effects', 'effects.db'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [journal, file]) writeFileSync(each, '');
  const effects = new Database(database);
  undo.push(() => effects.close());
  effects.pragma('busy_timeout = 5000');
  effects.pragma('journal_mode = WAL');
  effects.exec('create table effects (id text primary key, times integer not null)');

  const common = {
    ...storeEnv,
    GATEHOUSE_DATA: dir,
    GATEHOUSE_POLICY_DIR: join(dir, 'policies'),
    GATEHOUSE_LEASE_SECONDS: LEASE_SECONDS,
    // A few agents make the whole load.
    GATEHOUSE_RATE_PER_KEY: '0',
    GATEHOUSE_MAX_PENDING_PER_AGENT: '0',
    GATEHOUSE_EXECUTORS: fileURLToPath(new URL('executor.mjs', import.meta.url)),
    GATEHOUSE_LOG_LEVEL: 'warn',
    TEMPORAL_NAMESPACE: 'default',
  };
  const ownDeaths: string[] = [];
  const onOwnDeath = (says: string): void => void ownDeaths.push(says);
  const ports = await freePorts(count);
  const apis = ports.map((port, index) =>
    createPart(
      `api ${String(index + 1)}`,
      ['api'],
      { ...common, GATEHOUSE_LOG_LEVEL: 'info', TEMPORAL_ADDRESS: addressFor('api'), GATEHOUSE_PORT: String(port) },
      /the API serves/,
      onOwnDeath,
    ),
  );
  const polls = /the worker polls/;
  const quietly = { GATEHOUSE_LOG_LEVEL: 'info' };
  const gate = createPart(
    'gate',
    ['worker'],
    { ...common, ...quietly, TEMPORAL_ADDRESS: addressFor('gate') },
    polls,
    onOwnDeath,
  );
  const executors = createPart(
    'executors',
    ['worker', '--executors'],
    { ...common, ...quietly, TEMPORAL_ADDRESS: addressFor('executors'), FAULTS_TARGET: target.url },
    polls,
    onOwnDeath,
  );
  for (const part of [...apis, gate, executors]) {
    undo.push(() => part.kill().catch(() => undefined));
    await part.start();
  }

  const agentLinks = await Promise.all(ports.map((port) => startProxy(port)));
  for (const [index, proxy] of agentLinks.entries()) {
    links[`agents to api ${String(index + 1)}`] = proxy;
    undo.push(() => proxy.close());
  }
  const agents = await startAgents(AGENTS, (index) => ({
    url: `http://127.0.0.1:${String(agentLinks[index % agentLinks.length]?.port)}`,
    apiKey: agentKey,
    target: target.url,
    journal,
    file,
    database,
  }));
  undo.push(() => agents.stop());
  const url = `http://127.0.0.1:${String(ports[0])}`;
  const reviewer = forkTypeScript('reviewer-process.ts', [url, reviewerKey]);
  undo.push(() => reviewer.kill('SIGKILL'));

  return {
    ...{ dir, apis, gate, executors, temporal, postgres, agents, links, store, target, url, probeKey },
    ...{ journal, file, effects, ownDeaths, stop },
    client: new Client({ connection: link.connection, namespace: 'default' }),
    answerLate: (late) => void reviewer.send({ late }),
  };
}

async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort(0, ports));
  return ports;
}
