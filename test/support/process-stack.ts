import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { Gatehouse } from '@gatehouse/sdk';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { ensureDevKeys, type DevKeys } from '../../src/cli/serve/dev-keys.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { connectTemporal, localTarget } from '../../src/temporal/connect.ts';
import { freePort } from '../../src/temporal/ports.ts';
import { startGatehouse, type Child, type ChildOptions } from './processes.ts';
import { testTemporal } from './temporal.ts';

/** A Gatehouse whose API and workers are processes that can be killed, on one data folder and the run's Temporal server. */
export interface ProcessStack {
  url: string;
  dataDir: string;
  taskQueue: string;
  keys: DevKeys;
  /** The same store that the processes write. */
  store: Store;
  client: Client;
  /** A client of the API that sits out the time that a process needs to come back. */
  agent(url?: string): Gatehouse;
  /** Starts the API and resolves when it serves. */
  api(options?: ChildOptions): Promise<Child>;
  /** Starts a worker and resolves when it polls. */
  worker(options?: ChildOptions): Promise<Child>;
  /** Starts the worker of the executors and resolves when it polls. */
  executors(options?: ChildOptions): Promise<Child>;
  /** Makes a folder with one policy file, and returns its path. */
  policyFolder(name: string, text: string): string;
  /** Gives a verdict with the reviewer's key. */
  answer(question: GuardAnswer, verdict: 'approve' | 'reject'): Promise<Response>;
  /** Kills what still runs, and removes the folder. */
  stop(): Promise<void>;
}

export interface ProcessStackOptions {
  policy: string;
  env?: Record<string, string>;
}

export async function processStack(options: ProcessStackOptions): Promise<ProcessStack> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'gatehouse-processes-'));
  const policyFolder = (name: string, text: string): string => {
    const folder = path.join(dataDir, name);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'policy.yaml'), text);
    return folder;
  };
  const { address, namespace } = testTemporal();
  const port = await freePort(0);
  const url = `http://127.0.0.1:${String(port)}`;
  const taskQueue = `test-${randomUUID()}`;
  const env = {
    GATEHOUSE_DATA: dataDir,
    GATEHOUSE_PORT: String(port),
    GATEHOUSE_POLICY_DIR: policyFolder('policies', options.policy),
    GATEHOUSE_TASK_QUEUE: taskQueue,
    GATEHOUSE_UNSIGNED_VERDICTS: 'accept',
    // One agent asks for everything here.
    GATEHOUSE_RATE_PER_KEY: '0',
    GATEHOUSE_MAX_PENDING_PER_AGENT: '0',
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    ...options.env,
  };
  const store = await openStore({ url: options.env?.['DATABASE_URL'] ?? path.join(dataDir, 'gatehouse.db') });
  const { keys } = await ensureDevKeys(store, dataDir);
  const link = await connectTemporal(localTarget(address, namespace));
  const children: Child[] = [];
  const start = async (args: string[], ready: RegExp, given: ChildOptions = {}): Promise<Child> => {
    const child = startGatehouse(args, { ...given, env: { ...env, ...given.env } });
    children.push(child);
    await child.said(ready);
    return child;
  };
  return {
    url,
    dataDir,
    taskQueue,
    keys,
    store,
    client: new Client({ connection: link.connection, namespace }),
    agent: (at = url) =>
      new Gatehouse({ url: at, apiKey: keys.agent, retry: { attempts: 200, baseMs: 50, maxMs: 300 } }),
    api: (given) => start(['api'], /the API serves/, given),
    worker: (given) => start(['worker'], /the worker polls/, given),
    executors: (given) => start(['worker', '--executors'], /the worker polls/, given),
    policyFolder,
    answer: ({ approvalId, actionDigest }, verdict) =>
      fetch(`${url}/api/v1/approvals/${approvalId ?? ''}/verdict`, {
        method: 'POST',
        headers: { authorization: `Bearer ${keys.reviewer}`, 'content-type': 'application/json' },
        body: JSON.stringify({ verdict, actionDigest }),
      }),
    stop: async () => {
      await Promise.all(children.map((child) => child.kill()));
      await store.close();
      await link.connection.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
