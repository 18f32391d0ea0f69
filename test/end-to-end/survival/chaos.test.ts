import { randomInt, randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'libsql';
import { ActionBlockedError, GateUnavailableError, type Gatehouse } from '@gatehouse/sdk';
import { isFinal, type GuardAnswer } from '@gatehouse/sdk/contract';
import { actionIdFor } from '../../../src/client/action-id.ts';
import { readTimeline } from '../../../src/store/events.ts';
import { ROOT, type Child } from '../../support/processes.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';

const ACTIONS = 200;
const CALLERS = 8;
const KILL_EVERY_MS = 2_500;
const MINUTES = 240_000;

/** A run that fails is run again with its seed: `CHAOS_SEED=… npx jest chaos`. */
const SEED = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31));

let stack: ProcessStack;
let effects: Database.Database;
beforeAll(async () => {
  stack = await processStack({ policy: WORD_POLICY });
  effects = new Database(path.join(stack.dataDir, 'effects.db'));
  effects.pragma('busy_timeout = 5000');
  effects.pragma('journal_mode = WAL');
  // A repeat by the agent would make a second row; by the executor, the target refuses the key.
  effects.exec('create table effects (id text primary key, times integer not null)');
});
afterAll(async () => {
  effects.close();
  await stack.stop();
});

function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Kind = 'read_word' | 'read_append' | 'held_word' | 'blocked_word';

/** One agent's wish, asked for with the same key until it is answered. Resolves with how that was. */
async function act(agent: Gatehouse, kind: Kind, key: string): Promise<string> {
  const id = actionIdFor('dev-agent', key);
  const run = (): void => {
    effects.prepare('insert into effects values (?, 1) on conflict (id) do update set times = times + 1').run(id);
  };
  for (;;) {
    try {
      if (kind === 'read_append') await agent.run(kind, 'anything', {}, { idempotencyKey: key });
      else await agent.guard(kind, 'anything', {}, run, { idempotencyKey: key, onPending: approve });
      return 'done';
    } catch (error) {
      if (error instanceof ActionBlockedError) return 'blocked';
      if (!(error instanceof GateUnavailableError)) return (error as Error).name;
    }
  }
}

/** The reviewer tries until the gate has taken the verdict. */
async function approve(question: GuardAnswer): Promise<void> {
  for (;;) {
    const status = await stack.answer(question, 'approve').then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200 || status === 409) return;
    await delay(200);
  }
}

/** Kills one process after the other, each as soon as the last is back, until it is told to stop. */
async function havoc(random: () => number, signal: AbortSignal): Promise<number> {
  const env = {
    GATEHOUSE_EXECUTORS: path.join(ROOT, 'test/support/append-executor.mjs'),
    TEST_EFFECTS: path.join(stack.dataDir, 'effects.db'),
    TEST_EXECUTOR_QUEUE: `append-${stack.taskQueue}`,
  };
  const starts = [() => stack.api({ env }), () => stack.worker({ env }), () => stack.executors({ env })] as const;
  const running: Child[] = await Promise.all(starts.map((start) => start()));
  let kills = 0;
  for (;;) {
    await delay(KILL_EVERY_MS * (0.5 + random()), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return kills;
    const victim = Math.floor(random() * starts.length);
    await running[victim]!.kill();
    kills += 1;
    running[victim] = await starts[victim]!();
  }
}

it(
  'F13 200 actions while API and workers are killed every few seconds: all settled, effects = claims, nothing twice',
  async () => {
    process.stderr.write(`CHAOS_SEED=${String(SEED)}\n`);
    const random = numbers(SEED);
    const kinds = Array.from({ length: ACTIONS }, (): Kind => {
      const at = random();
      return at < 0.55 ? 'read_word' : at < 0.75 ? 'read_append' : at < 0.9 ? 'held_word' : 'blocked_word';
    });
    const run = randomUUID();
    const wishes = kinds.map((kind, index) => ({ kind, key: `${run}-${String(index)}` }));
    const ids = wishes.map(({ key }) => actionIdFor('dev-agent', key));

    const stop = new AbortController();
    const killing = havoc(random, stop.signal);
    const agent = stack.agent();
    const left = wishes.map((wish, index) => ({ ...wish, index }));
    const ends: string[] = [];
    await Promise.all(
      Array.from({ length: CALLERS }, async () => {
        for (let wish = left.shift(); wish !== undefined; wish = left.shift()) {
          ends[wish.index] = await act(agent, wish.kind, wish.key);
        }
      }),
    );
    stop.abort();
    expect(await killing).toBeGreaterThan(0);

    // Every wish was answered, and every answer is the end of a workflow.
    expect(ends).toEqual(kinds.map((kind) => (kind === 'blocked_word' ? 'blocked' : 'done')));
    const results = await Promise.all(ids.map((id) => stack.client.workflow.getHandle(id).result()));
    const rows = await stack.store.db.selectFrom('actions').selectAll().execute();
    const records = new Map(rows.map((row) => [row.id, row]));
    expect([...records.keys()].sort()).toEqual([...ids].sort());
    for (const [index, id] of ids.entries()) {
      const record = records.get(id)!;
      expect(isFinal(record.status)).toBe(true);
      expect(results[index]).toMatchObject({ status: record.status, outcome: record.outcome });
      expect(record.status).toBe(kinds[index] === 'blocked_word' ? 'blocked' : 'succeeded');
      const timeline = await readTimeline(stack.store.db, id);
      expect(timeline.filter((entry) => entry.kind === 'decided')).toHaveLength(1);
      expect(timeline.filter((entry) => entry.kind === 'succeeded' || entry.kind === 'blocked')).toHaveLength(1);
    }
    const happened = effects.prepare('select id, times from effects order by id').all() as {
      id: string;
      times: number;
    }[];
    expect(happened.filter(({ times }) => times !== 1)).toEqual([]);
    const claimed = rows.filter((row) => row.claim_id !== null).map((row) => row.id);
    expect(happened.map(({ id }) => id)).toEqual(claimed.sort());
  },
  MINUTES,
);
