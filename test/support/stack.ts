import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { Gatehouse } from '@gatehouse/sdk';
import type { Executor } from '../../src/activities/executors/index.ts';
import { ExecutorRegistry } from '../../src/activities/executors/registry.ts';
import type { RunningServer } from '../../src/api/serve.ts';
import { startApi } from '../../src/cli/serve/api.ts';
import { createLogger, openCore, type Core } from '../../src/cli/serve/core.ts';
import { DEV_PRINCIPALS, ensureDevKeys, type DevKeys } from '../../src/cli/serve/dev-keys.ts';
import { clientOf } from '../../src/cli/serve/link.ts';
import { startExecutors, startWorker } from '../../src/cli/serve/worker.ts';
import { TemporalGate } from '../../src/client/temporal-gate.ts';
import { readSettings } from '../../src/settings.ts';
import { connectTemporal, localTarget, type TemporalLink } from '../../src/temporal/connect.ts';
import type { RunningWorkers } from '../../src/worker.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';
import { testTemporal } from './temporal.ts';

export interface StackOptions {
  /** The policy's files by name. */
  policy: Record<string, string>;
  store?: 'sqlite' | 'postgres';
  executors?: Executor[];
  env?: Record<string, string>;
  /** Without one, nothing but the API runs. */
  worker?: boolean;
  /** Another Temporal server than that of the run, for a test that ends it. */
  temporal?: { address: string; namespace: string };
}

/** A whole Gatehouse on real servers: the API over HTTP, the worker, the store, and a client of Temporal beside them. */
export interface Stack {
  url: string;
  keys: DevKeys;
  agent: Gatehouse;
  core: Core;
  link: TemporalLink;
  client: Client;
  gate: TemporalGate;
  dataDir: string;
  policyDir: string;
  principals: typeof DEV_PRINCIPALS;
  /** A request with a key; the body is sent as JSON. */
  call(
    role: keyof DevKeys,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  /** The worker of the workflows alone: no executor is there. */
  startGateWorker(): Promise<void>;
  /** Writes a policy file and waits until it is in force or was refused. */
  setPolicy(name: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'gatehouse-stack-'));
  const policyDir = path.join(dataDir, 'policies');
  mkdirSync(policyDir);
  for (const [name, text] of Object.entries(options.policy)) writeFileSync(path.join(policyDir, name), text);
  const given = process.env['GATEHOUSE_TEST_DATABASE_URL'];
  const wantsPostgres = options.store === 'postgres' || (options.store === undefined && given !== undefined);
  const database: TestDatabase | undefined = wantsPostgres ? await createTestDatabase() : undefined;
  const { bundlePath, ...ofRun } = testTemporal();
  const { address, namespace } = options.temporal ?? ofRun;
  const settings = readSettings({
    GATEHOUSE_DATA: dataDir,
    GATEHOUSE_PORT: '0',
    GATEHOUSE_POLICY_DIR: policyDir,
    GATEHOUSE_TASK_QUEUE: `test-${randomUUID()}`,
    GATEHOUSE_UNSIGNED_VERDICTS: 'accept',
    GATEHOUSE_LOG_LEVEL: 'silent',
    // One agent stands for many here.
    GATEHOUSE_RATE_PER_KEY: '0',
    GATEHOUSE_MAX_PENDING_PER_AGENT: '0',
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    ...(database === undefined ? {} : { DATABASE_URL: database.url }),
    ...options.env,
  });
  // A stack that fails half way must not keep the test run alive.
  const undo: (() => Promise<unknown> | undefined)[] = [async () => database?.drop()];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return await bringUp();
  } catch (error) {
    await stop();
    throw error;
  }

  async function bringUp(): Promise<Stack> {
    const link = await connectTemporal(localTarget(address, namespace), { payloads: settings.payloads });
    undo.push(() => link.connection.close());
    const executors = new ExecutorRegistry(options.executors ?? []);
    const core = await openCore(settings, createLogger(settings), executors);
    undo.push(() => core.close());
    const { keys } = await ensureDevKeys(core.store, dataDir);
    const client = clientOf(link);
    let worker: RunningWorkers | undefined;
    let executorWorkers: RunningWorkers | undefined;
    const startGate = async (): Promise<void> => {
      worker ??= await startWorker(core, link, bundlePath);
    };
    const start = async (): Promise<void> => {
      await startGate();
      if (executors.executors.length > 0) executorWorkers = await startExecutors(executors, link, core.logger);
    };
    const stopWorkers = async (): Promise<void> => {
      await Promise.all([worker?.stop(), executorWorkers?.stop()]);
      worker = undefined;
      executorWorkers = undefined;
    };
    if (options.worker !== false) await start();
    undo.push(stopWorkers);
    const api: RunningServer = await startApi(core, link);
    undo.push(() => api.close());

    return {
      url: api.url,
      keys,
      agent: new Gatehouse({ url: api.url, apiKey: keys.agent }),
      core,
      link,
      client,
      gate: new TemporalGate(client, settings.taskQueue),
      dataDir,
      policyDir,
      principals: DEV_PRINCIPALS,
      call: async (role, method, route, body, headers = {}) => {
        for (;;) {
          const response = await fetch(`${api.url}${route}`, {
            method,
            headers: {
              authorization: `Bearer ${keys[role]}`,
              ...(body === undefined ? {} : { 'content-type': 'application/json' }),
              ...headers,
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          });
          const reply = (await response.json()) as Reply['body'];
          // The machine is busy with other things than the test: whoever is told so comes back when it is told to.
          if (reply['code'] !== 'overloaded')
            return { status: response.status, headers: response.headers, body: reply };
          await pause(Number(response.headers.get('retry-after')) * 1_000);
        }
      },
      stopWorker: stopWorkers,
      startWorker: start,
      startGateWorker: startGate,
      setPolicy: async (name, text) => {
        writeFileSync(path.join(policyDir, name), text);
        await core.policies.reload();
      },
      stop,
    };
  }
}
