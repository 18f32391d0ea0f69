import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKey } from '../src/store/keys.ts';
import { openStore } from '../src/store/open.ts';
import { freePort } from '../src/temporal/ports.ts';
import { startCallers, type Callers } from './caller-process.ts';
import type { BenchOptions } from './options.ts';
import { makePayloadKeys } from './payload-keys.ts';
import { startPrograms } from './programs.ts';
import { startRelay } from './relay-process.ts';
import { AGENT, REVIEWER } from './requests.ts';
import { startEmbeddedServers, startProductionServers, type Servers } from './servers.ts';

const TASK_QUEUE = 'gatehouse';

/** Everything that is measured, running. */
export interface Bed {
  callers: Callers;
  link: Servers['link'];
  /** Where the gate listens, and the keys for it. */
  doors: { url: string; agentKey: string; reviewerKey: string };
  /** By the name under which its CPU time is shown. */
  pids: Record<string, number>;
  dir: string;
  stop(): Promise<void>;
}

/** Starts servers, programs and callers in a new folder. What was started is stopped on failure. */
export async function startBed(options: BenchOptions, say: (line: string) => void): Promise<Bed> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const undo: (() => Promise<void> | void)[] = [
    () => (options.keep ? say(`Kept: ${dir}`) : rm(dir, { recursive: true, force: true })),
  ];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const servers = await (options.postgres ? startProductionServers(dir, say) : startEmbeddedServers(dir, say));
    undo.push(() => servers.stop());
    const keys = await makeKeys(servers.env['DATABASE_URL'] ?? join(dir, 'gatehouse.db'));
    const payloadKeys = options.encrypted ? makePayloadKeys(dir) : null;
    const port = await freePort(0);
    const url = `http://127.0.0.1:${port}`;
    const { PATH, HOME } = process.env;
    const programs = await startPrograms(
      dir,
      url,
      {
        ...{ PATH, HOME, NODE_ENV: 'production' },
        ...servers.env,
        GATEHOUSE_DATA: dir,
        GATEHOUSE_PORT: String(port),
        GATEHOUSE_TASK_QUEUE: TASK_QUEUE,
        // One agent makes the whole load.
        GATEHOUSE_RATE_PER_KEY: '0',
        GATEHOUSE_MAX_PENDING_PER_AGENT: '0',
        ...(payloadKeys === null ? {} : { GATEHOUSE_PAYLOAD_KEYS: payloadKeys }),
        GATEHOUSE_EXECUTORS: fileURLToPath(new URL('executor.mjs', import.meta.url)),
      },
      options.profile,
    );
    undo.push(() => programs.stop());
    const { address, namespace } = servers.link;
    const relay = await startRelay({ address, namespace, payloadKeys }, TASK_QUEUE);
    undo.push(() => relay.stop());
    const callers = await startCallers({
      url,
      relayUrl: relay.url,
      ...keys,
      taskQueue: TASK_QUEUE,
      address,
      namespace,
      payloadKeys,
    });
    undo.push(() => callers.stop());
    const pids = { ...programs.pids, ...servers.pids, relay: relay.pid, callers: callers.pid };
    return { callers, link: servers.link, doors: { url, ...keys }, pids, dir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeKeys(url: string): Promise<{ agentKey: string; reviewerKey: string }> {
  const store = await openStore({ url });
  try {
    return {
      agentKey: await createKey(store, 'agent', AGENT),
      reviewerKey: await createKey(store, 'reviewer', REVIEWER),
    };
  } finally {
    await store.close();
  }
}
