import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GuardAnswer, StoppedActionList, StopView } from '@gatehouse/sdk/contract';
import { createKey } from '../src/store/keys.ts';
import { openStore } from '../src/store/open.ts';
import { freePort } from '../src/temporal/ports.ts';
import { now } from './clock.ts';
import { environment, Gate, hold } from './pending.ts';
import { startPrograms } from './programs.ts';
import { ACTIONS, AGENT, REVIEWER } from './requests.ts';
import { startEmbeddedServers, startProductionServers } from './servers.ts';

const RUNNING = 50;
/** They ask all the time, before the stop, during it and after it. */
const STORM = 6;
/** So many are asked after the stop has answered. */
const ASKED_AFTER = 200;
const PAGE = 200;

/** What an emergency stop did. Times are milliseconds from the moment at which it was asked for. */
export interface StopFindings {
  pending: number;
  running: number;
  /** When it had answered: nothing new starts from then on. */
  answeredAfter: number;
  /** When the last answer came that allowed something, whenever that was asked for; null where none came after the stop was asked for. */
  lastAllowAfter: number | null;
  /** Of what was asked after its answer. */
  after: { asked: number; blocked: number };
  /** As the stop told, as its list has it, and how many were left. */
  told: { stopped: number; running: number; left: number | null };
  listed: { stopped: number; running: number };
  /** When the workflows of all that was ended had ended too. */
  carriedOutAfter: number;
  /** After a restart of API and workers. */
  restarted: { stillStopped: boolean; left: number | null };
}

/** Throws a stop of everything with `count` open questions, some running actions and a storm of calls. */
export async function benchStop(count: number, postgres: boolean, say: (line: string) => void): Promise<StopFindings> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-stop-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true })];
  try {
    const servers = await (postgres ? startProductionServers(dir, say) : startEmbeddedServers(dir, say));
    undo.push(() => servers.stop());
    const store = await openStore({ url: servers.env['DATABASE_URL'] ?? join(dir, 'gatehouse.db') });
    undo.push(() => store.close());
    const keys = {
      agent: await createKey(store, 'agent', AGENT),
      reviewer: await createKey(store, 'reviewer', REVIEWER),
    };
    const port = String(await freePort(0));
    const gate = new Gate(`http://127.0.0.1:${port}`, keys);
    let programs = await startPrograms(dir, gate.url, environment(dir, port, servers), false);
    undo.push(() => programs.stop());

    await hold(gate, count, say);
    for (let n = 0; n < RUNNING; n += 1) await askToRun(gate);
    say(`${String(count)} wait and ${String(RUNNING)} run; a storm begins`);
    const storm = startStorm(gate);
    await storm.raging;
    const from = now();
    const body = { scope: 'everything', reason: 'measured' };
    const stop = (await gate.call('reviewer', 'POST', '/api/v1/stops', body)) as StopView;
    const answeredAfter = now() - from;
    storm.noteStopped();
    const seen = await storm.over;
    const lastAllow = Math.max(...seen.allowedAt.filter((at) => at >= from));
    const path = `/api/v1/stops/${stop.stopId}`;
    const listed = {
      stopped: await countListed(gate, `${path}/actions?running=false`),
      running: await countListed(gate, `${path}/actions?running=true`),
    };
    say(`Answered after ${answeredAfter.toFixed(0)} ms; waiting until it is carried out`);
    const carriedOutAfter = await untilCarriedOut(gate, path, from);

    await programs.stop();
    programs = await startPrograms(dir, gate.url, environment(dir, port, servers), false);
    const { matchedRule } = await askToRun(gate);
    const { left } = (await gate.call('reviewer', 'GET', path)) as StopView;
    return {
      pending: count,
      running: RUNNING,
      answeredAfter,
      lastAllowAfter: Number.isFinite(lastAllow) ? lastAllow - from : null,
      after: seen.after,
      told: { stopped: stop.stopped, running: stop.running, left: stop.left },
      listed,
      carriedOutAfter,
      restarted: { stillStopped: matchedRule === 'emergency-stop', left },
    };
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function askToRun(gate: Gate): Promise<GuardAnswer> {
  return (await gate.call('agent', 'POST', '/api/v1/guard', { action: ACTIONS.allowed })) as GuardAnswer;
}

/** Callers that ask for what is allowed, one call after the other. */
function startStorm(gate: Gate) {
  const seen = { allowedAt: [] as number[], after: { asked: 0, blocked: 0 } };
  let stopped = false;
  let rage: () => void = () => undefined;
  const raging = new Promise<void>((resolve) => (rage = resolve));
  const caller = async (): Promise<void> => {
    while (seen.after.asked < ASKED_AFTER) {
      const isAfter = stopped;
      const { decision, matchedRule } = await askToRun(gate);
      if (decision === 'ALLOW') seen.allowedAt.push(now());
      if (seen.allowedAt.length === STORM * 5) rage();
      if (!isAfter) continue;
      seen.after.asked += 1;
      if (matchedRule === 'emergency-stop') seen.after.blocked += 1;
    }
  };
  const over = Promise.all(Array.from({ length: STORM }, caller)).then(() => seen);
  return { raging, over, noteStopped: () => (stopped = true) };
}

async function countListed(gate: Gate, path: string): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const place = cursor === null ? '' : `&cursor=${cursor}`;
    const page = (await gate.call('reviewer', 'GET', `${path}&limit=${String(PAGE)}${place}`)) as StoppedActionList;
    count += page.actions.length;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return count;
}

async function untilCarriedOut(gate: Gate, path: string, from: number): Promise<number> {
  for (;;) {
    const { carriedOut } = (await gate.call('reviewer', 'GET', path)) as StopView;
    if (carriedOut) return now() - from;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
