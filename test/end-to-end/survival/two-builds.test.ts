import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ActionBlockedError } from '@gatehouse/sdk';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { actionIdFor } from '../../../src/client/action-id.ts';
import { readAction } from '../../../src/store/actions.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { makeCurrent } from '../../support/worker-builds.ts';

const MINUTES = 240_000;
const LOOK_MS = 100;
const PENDING = 200;
const CALLERS = 8;
const DRIFTS_EVERY = 10;
const NO_DRIFTING = WORD_POLICY.replace("['blocked_*']", "['blocked_*', 'held_drift']");

let stack: ProcessStack;
let run: string;
beforeEach(async () => {
  run = randomUUID();
  stack = await processStack({ policy: WORD_POLICY });
});
afterEach(async () => {
  await stack.stop();
});

async function buildOf(id: string): Promise<string | undefined> {
  const { raw } = await stack.client.workflow.getHandle(id).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
}

async function hold(type: string, key: string): Promise<GuardAnswer> {
  for (;;) {
    const response = await fetch(`${stack.url}/api/v1/guard`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${stack.keys.agent}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify({ action: { type, target: 'anything', context: {} } }),
    });
    const answer = (await response.json()) as GuardAnswer;
    if (response.status !== 503) return answer;
  }
}

/** Holds one after the other until one begins under that build: the server tells its task queues which is current in its own time. */
async function holdUnder(build: string): Promise<{ question: GuardAnswer; key: string }> {
  for (let count = 0; ; count += 1) {
    const key = `${run}-new-${String(count)}`;
    const question = await hold('held_word', key);
    let begunBy = await buildOf(question.actionId);
    for (; begunBy === undefined; begunBy = await buildOf(question.actionId)) await pause(LOOK_MS);
    if (begunBy === build) return { question, key };
  }
}

/** Does the work for each, a few at a time. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const caller = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

it(
  `F30 ${String(PENDING)} actions that wait under one build are taken over by the next: all replay, none is lost, drift is judged again`,
  async () => {
    const [, first] = await Promise.all([stack.api(), stack.worker({ env: { GATEHOUSE_WORKER_BUILD: 'one' } })]);
    await makeCurrent(stack, 'one');
    const wishes = Array.from({ length: PENDING }, (_, index) => ({
      key: `${run}-${String(index)}`,
      type: index % DRIFTS_EVERY === 0 ? 'held_drift' : 'held_word',
    }));
    const questions = new Map<string, GuardAnswer>();
    await each(wishes, async ({ key, type }) => void questions.set(key, await hold(type, key)));
    expect([...questions.values()].map(({ status }) => status)).toEqual(wishes.map(() => 'held'));
    expect(await buildOf(actionIdFor('dev-agent', `${run}-1`))).toBe('one');

    const env = { GATEHOUSE_WORKER_BUILD: 'two', GATEHOUSE_POLICY_DIR: stack.policyFolder('strict', NO_DRIFTING) };
    await stack.worker({ env });
    await makeCurrent(stack, 'two');
    expect(await first.kill('SIGTERM')).toEqual({ code: 0, signal: null });

    const ran: string[] = [];
    const blocked: string[] = [];
    await each(wishes, async ({ key, type }) => {
      const question = questions.get(key);
      if (question === undefined) throw new Error(`${key} was not answered`);
      expect((await stack.answer(question, 'approve')).status).toBe(200);
      await stack
        .agent()
        .guard(type, 'anything', {}, () => ran.push(type), { idempotencyKey: key })
        .catch((error: unknown) => {
          if (!(error instanceof ActionBlockedError)) throw error;
          blocked.push(type);
        });
    });
    expect(blocked).toEqual(Array<string>(PENDING / DRIFTS_EVERY).fill('held_drift'));
    expect(ran).toEqual(Array<string>(PENDING - blocked.length).fill('held_word'));

    await each(wishes, async ({ key, type }) => {
      const id = actionIdFor('dev-agent', key);
      const handle = stack.client.workflow.getHandle(id);
      await handle.result();
      const { events = [] } = await handle.fetchHistory();
      expect((events ?? []).filter(({ workflowTaskFailedEventAttributes: failed }) => failed != null)).toEqual([]);
      expect(await buildOf(id)).toBe('two');
      const status = type === 'held_drift' ? 'blocked' : 'succeeded';
      expect(await readAction(stack.store, id)).toMatchObject({ status });
    });
  },
  MINUTES,
);

it(
  'an action that is pinned stays with the build that began it, and new ones begin with the current one',
  async () => {
    const pinned = (id: string) => ({ GATEHOUSE_WORKER_BUILD: id, GATEHOUSE_WORKER_VERSIONING: 'pinned' });
    await Promise.all([stack.api(), stack.worker({ env: pinned('one') })]);
    await makeCurrent(stack, 'one');
    const begun = await hold('held_word', `${run}-begun`);
    await stack.worker({ env: pinned('two') });
    await makeCurrent(stack, 'two');

    const done: unknown[] = [];
    for (const { question, key } of [{ question: begun, key: `${run}-begun` }, await holdUnder('two')]) {
      expect((await stack.answer(question, 'approve')).status).toBe(200);
      await stack.agent().guard('held_word', 'anything', {}, () => done.push('ran'), { idempotencyKey: key });
      await stack.client.workflow.getHandle(question.actionId).result();
      done.push(await buildOf(question.actionId));
    }
    expect(done).toEqual(['ran', 'one', 'ran', 'two']);
  },
  MINUTES,
);
