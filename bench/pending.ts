import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import type { ApprovalList, ApprovalView, GuardAnswer } from '@gatehouse/sdk/contract';
import { createKey } from '../src/store/keys.ts';
import { openStore } from '../src/store/open.ts';
import { freePort } from '../src/temporal/ports.ts';
import { now } from './clock.ts';
import { startPrograms } from './programs.ts';
import { ACTIONS, AGENT, REVIEWER } from './requests.ts';
import { startEmbeddedServers, startProductionServers, type Servers } from './servers.ts';
import { summarize, type Summary } from './statistics.ts';

/** So many agents ask at once; more only make the queue longer. */
const CALLERS = 24;
const LOOKS = 200;
const ROUNDS = 100;

/** What was seen with so many questions open. Times are milliseconds, memory is megabytes. */
export interface PendingFindings {
  pending: number;
  started: { seconds: number; perSecond: number };
  memory: { idle: Record<string, number>; pending: Record<string, number> };
  lists: Record<string, Summary>;
  approveToEffect: Summary;
  /** Of API and workers, and with them of the embedded Temporal server; a production-shaped one stays up. */
  restart: { seconds: number; approveToEffect: Summary; lost: number };
}

/** Holds `count` actions, and measures how the gate serves people while all of them wait, and after a restart. */
export async function benchPending(
  count: number,
  postgres: boolean,
  say: (line: string) => void,
): Promise<PendingFindings> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-pending-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true })];
  try {
    let servers = await (postgres ? startProductionServers(dir, say) : startEmbeddedServers(dir, say));
    undo.push(() => servers.stop());
    const storeUrl = servers.env['DATABASE_URL'] ?? join(dir, 'gatehouse.db');
    const store = await openStore({ url: storeUrl });
    undo.push(() => store.close());
    const keys = {
      agent: await createKey(store, 'agent', AGENT),
      reviewer: await createKey(store, 'reviewer', REVIEWER),
    };
    const port = String(await freePort(0));
    const gate = new Gate(`http://127.0.0.1:${port}`, keys);
    const start = () => startPrograms(dir, gate.url, environment(dir, port, servers), false);
    let programs = await start();
    undo.push(() => programs.stop());
    const idle = await memoryOf({ ...programs.pids, ...servers.pids });

    const held = await hold(gate, count, say);
    const memory = { idle, pending: await memoryOf({ ...programs.pids, ...servers.pids }) };
    say(`All ${String(count)} are held; looking at lists`);
    const lists = await looks(gate);
    const answered = held.answers.splice(0, ROUNDS);
    const approveToEffect = summarize(await each(answered, (answer) => gate.approveToEffect(answer)));

    say(`Restarting API and workers${postgres ? '' : ', and Temporal'}`);
    await programs.stop();
    if (!postgres) await servers.stop();
    const from = now();
    if (!postgres) servers = await startEmbeddedServers(dir, say);
    programs = await start();
    const restarted = (now() - from) / 1000;
    const after = summarize(await each(held.answers.splice(0, ROUNDS), (answer) => gate.approveToEffect(answer)));
    const lost = await lostOf(servers, held.answers);
    return {
      pending: count,
      started: { seconds: held.seconds, perSecond: count / held.seconds },
      memory,
      lists,
      approveToEffect,
      restart: { seconds: restarted, approveToEffect: after, lost },
    };
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

export function environment(dir: string, port: string, servers: Servers): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    ...{ PATH, HOME, NODE_ENV: 'production' },
    ...servers.env,
    GATEHOUSE_DATA: dir,
    GATEHOUSE_PORT: port,
    // One agent asks for more than any does in its right mind.
    GATEHOUSE_RATE_PER_KEY: '0',
    GATEHOUSE_MAX_PENDING_PER_AGENT: '0',
    GATEHOUSE_EXECUTORS: fileURLToPath(new URL('executor.mjs', import.meta.url)),
  };
}

/** The gate over plain HTTP. */
export class Gate {
  constructor(
    readonly url: string,
    private readonly keys: { agent: string; reviewer: string },
  ) {}

  async call(role: 'agent' | 'reviewer', method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.keys[role]}`, 'content-type': 'application/json' };
    for (;;) {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as unknown;
      if (response.ok) return answer;
      // Admission control: the gate asks callers to come back.
      if (response.status !== 503) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async hold(n: number): Promise<GuardAnswer> {
    const { type, target, context } = ACTIONS.held;
    const action = { type, target, context: { ...context, n } };
    return (await this.call('agent', 'POST', '/api/v1/guard', { action })) as GuardAnswer;
  }

  /** From the reviewer's click to the moment at which the agent that waits may run. */
  async approveToEffect({ approvalId, actionDigest }: GuardAnswer): Promise<number> {
    const path = `/api/v1/approvals/${approvalId ?? ''}`;
    const waits = this.call('agent', 'GET', `${path}?wait=30`) as Promise<ApprovalView>;
    const from = now();
    await this.call('reviewer', 'POST', `${path}/verdict`, { verdict: 'approve', actionDigest });
    const { permit } = await waits;
    if (permit?.granted !== true) throw new Error(`The agent got no permit for ${approvalId ?? ''}`);
    return now() - from;
  }
}

export async function hold(
  gate: Gate,
  count: number,
  say: (line: string) => void,
): Promise<{ answers: GuardAnswer[]; seconds: number }> {
  const answers: GuardAnswer[] = [];
  const from = now();
  let next = 0;
  const caller = async () => {
    while (next < count) {
      const n = next++;
      answers.push(await gate.hold(n));
      if (answers.length % 1000 === 0) say(`${String(answers.length)} held after ${seconds(from)} s`);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { answers, seconds: (now() - from) / 1000 };
}

async function looks(gate: Gate): Promise<Record<string, Summary>> {
  const queries = {
    newest: 'status=pending',
    mine: 'mine=true',
    riskiest: 'status=pending&order=riskiest',
    oldest: 'mine=true&order=oldest',
  };
  const found: Record<string, Summary> = {};
  for (const [name, query] of Object.entries(queries)) {
    const times: number[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      const from = now();
      const { approvals } = (await gate.call('reviewer', 'GET', `/api/v1/approvals?${query}`)) as ApprovalList;
      if (approvals.length === 0) throw new Error(`The list ${name} is empty`);
      times.push(now() - from);
    }
    found[name] = summarize(times);
  }
  return found;
}

/** How many of the open questions have no workflow that waits for them any more. */
async function lostOf({ link }: Servers, open: readonly GuardAnswer[]): Promise<number> {
  const client = new Client({ connection: link.connection, namespace: link.namespace });
  const described = await each(open, async ({ actionId }) => {
    const { status } = await client.workflow.getHandle(actionId).describe();
    return status.name === 'RUNNING' ? 0 : 1;
  });
  return described.reduce<number>((sum, one) => sum + one, 0);
}

async function each<Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}

/** Resident memory in megabytes, by the name of the process. Empty where there is no /proc. */
async function memoryOf(pids: Readonly<Record<string, number>>): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, pid] of Object.entries(pids)) {
    const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
    if (kilobytes !== undefined) found[name] = Math.round(Number(kilobytes) / 1024);
  }
  return found;
}

function seconds(from: number): string {
  return ((now() - from) / 1000).toFixed(0);
}
