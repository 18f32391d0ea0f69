import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ActionAlreadyDoneError, ActionBlockedError, ActionExpiredError, ActionRejectedError } from '@gatehouse/sdk';
import type { GuardAnswer, JsonObject } from '@gatehouse/sdk/contract';
import { defineExecutor, manifest, PermanentError } from '../../src/activities/executors/index.ts';
import { actionIdFor, TemporalAgent } from '../../src/client/index.ts';
import { readAction } from '../../src/store/actions.ts';
import { decisionInHistory } from '../support/history.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { WORD_POLICY } from '../support/policies.ts';

const ledger = defineExecutor({
  name: 'ledger',
  actions: ['read_ledger', 'held_ledger'],
  taskQueue: `ledger-${randomUUID()}`,
  input: z.strictObject({ broken: z.boolean().default(false) }),
  timeoutSeconds: 10,
  run: ({ broken }, { idempotencyKey }) => {
    if (broken) throw new PermanentError('The ledger is closed');
    return Promise.resolve({ key: idempotencyKey });
  },
});

let stack: Stack;
let agent: TemporalAgent;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, executors: [ledger] });
  agent = new TemporalAgent({
    client: stack.client,
    agent: stack.principals.agent,
    taskQueue: stack.gate.taskQueue,
  });
});
afterAll(async () => {
  await stack.stop();
});

/** Has the reviewer answer as soon as somebody is asked. */
function answering(verdict: 'approve' | 'reject'): (asked: GuardAnswer) => Promise<void> {
  return async ({ approvalId, actionDigest }) => {
    const path = `/api/v1/approvals/${approvalId ?? ''}/verdict`;
    await stack.call('reviewer', 'POST', path, { verdict, actionDigest, comment: 'looked at' });
  };
}

/** The decision alone: nothing that belongs to one call. */
function decisionOf(answer: GuardAnswer): Partial<GuardAnswer> {
  const { decision, reason, matchedRule, matchedRules, riskScore, riskFactors, severity, policyDigest } = answer;
  return { decision, reason, matchedRule, matchedRules, riskScore, riskFactors, severity, policyDigest };
}

it.each(['read_word', 'held_word', 'blocked_word', 'unheard_of'])(
  'a Temporal client and HTTP get the same decision of %s',
  async (type) => {
    const [temporal, http] = await Promise.all([
      agent.decide(type, 'anything', { count: 3 }),
      stack.agent.decide(type, 'anything', { count: 3 }),
    ]);
    expect(decisionOf(temporal)).toEqual(decisionOf(http));
  },
);

it.each(['read_word', 'held_word', 'blocked_word'])(
  'one key is one action by either door: %s has the answer of whoever came first',
  async (type) => {
    const idempotencyKey = randomUUID();
    const temporal = await agent.decide(type, 'anything', {}, { idempotencyKey }).catch((error: unknown) => error);
    const http = await stack.agent.decide(type, 'anything', {}, { idempotencyKey });
    expect(http.actionId).toBe(actionIdFor(stack.principals.agent, idempotencyKey));
    expect(temporal).toMatchObject(decisionOf(http));
    const action = await readAction(stack.core.store, http.actionId);
    expect(action?.decided_by).toBe('workflow');
  },
);

it.each(['read_word', 'held_word', 'blocked_word'])(
  'history equals record: the decision of %s that the workflow has is the one stored, by either door',
  async (type) => {
    const asked = [await agent.decide(type, 'anything', {}), await stack.agent.decide(type, 'anything', {})];
    const decidedBy = [];
    for (const { actionId } of asked) {
      const { standing } = await stack.gate.state(actionId);
      const action = await readAction(stack.core.store, actionId);
      const inHistory = await decisionInHistory(stack.client.workflow.getHandle(actionId));
      expect(standing?.outcome).toBe(action?.outcome);
      expect(inHistory).toMatchObject({
        outcome: action?.outcome,
        policyDigest: action?.policy_digest,
        riskScore: action?.risk_score,
        severity: action?.severity,
      });
      expect(inHistory?.approval?.approvalId ?? null).toBe(action?.approval_id);
      decidedBy.push(action?.decided_by);
    }
    expect(decidedBy[0]).toBe('workflow');
  },
);

it('guard runs an allowed action once with its arguments, and a repeat of the key hears that it is done', async () => {
  const idempotencyKey = randomUUID();
  const seen: JsonObject[] = [];
  const run = (args: JsonObject): number => seen.push(args);
  expect(await agent.guard('read_word', 'anything', { count: 3 }, run, { idempotencyKey })).toBe(1);
  const again = agent.guard('read_word', 'anything', { count: 3 }, run, { idempotencyKey });
  await expect(again).rejects.toBeInstanceOf(ActionAlreadyDoneError);
  expect(seen).toEqual([{ count: 3 }]);
});

it('a key that was used for other arguments is refused, and nothing runs', async () => {
  const idempotencyKey = randomUUID();
  await agent.decide('held_word', 'anything', { count: 3 }, { idempotencyKey });
  let ran = false;
  const other = agent.guard('held_word', 'anything', { count: 4 }, () => (ran = true), { idempotencyKey });
  await expect(other).rejects.toMatchObject({ code: 'key_reused' });
  expect(ran).toBe(false);
});

it('guard runs a held action after its approval', async () => {
  const onPending = answering('approve');
  expect(await agent.guard('held_word', 'anything', {}, () => 'ran', { onPending })).toBe('ran');
});

it('two agents that wait with one key: one of them runs it', async () => {
  const idempotencyKey = randomUUID();
  let effects = 0;
  const run = (): number => ++effects;
  const first = agent.guard('held_word', 'anything', {}, run, { idempotencyKey, onPending: answering('approve') });
  const second = agent.guard('held_word', 'anything', {}, run, { idempotencyKey });
  const ends = await Promise.allSettled([first, second]);
  expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(effects).toBe(1);
});

it.each([
  ['blocked_word', undefined, ActionBlockedError],
  ['held_word', answering('reject'), ActionRejectedError],
  ['brief_word', undefined, ActionExpiredError],
])('guard of %s runs nothing and says why', async (type, onPending, reason) => {
  let ran = false;
  const attempt = agent.guard(type, 'anything', {}, () => (ran = true), onPending === undefined ? {} : { onPending });
  await expect(attempt).rejects.toBeInstanceOf(reason);
  expect(ran).toBe(false);
});

it('a run that throws is on record as failed, and its error is the caller’s', async () => {
  const idempotencyKey = randomUUID();
  const attempt = agent.guard('read_word', 'anything', {}, () => Promise.reject(new TypeError('no')), {
    idempotencyKey,
  });
  await expect(attempt).rejects.toBeInstanceOf(TypeError);
  const actionId = actionIdFor(stack.principals.agent, idempotencyKey);
  expect(await stack.gate.result(actionId)).toMatchObject({ status: 'failed', reason: 'TypeError: no' });
});

it('run resolves with the result of the executor, also when it is asked for again after the end', async () => {
  const idempotencyKey = randomUUID();
  const result = { key: actionIdFor(stack.principals.agent, idempotencyKey) };
  const run = () => agent.run('read_ledger', 'anything', {}, manifest(ledger), { idempotencyKey });
  expect(await run()).toEqual(result);
  expect(await run()).toEqual(result);
});

it('a key of an action that is over is refused for other arguments: nobody gets the result of another action', async () => {
  const idempotencyKey = randomUUID();
  await agent.run('read_ledger', 'anything', {}, manifest(ledger), { idempotencyKey });
  const other = agent.run('read_ledger', 'elsewhere', {}, manifest(ledger), { idempotencyKey });
  await expect(other).rejects.toMatchObject({ code: 'key_reused' });
});

it('run waits for the approval of a held action', async () => {
  const onPending = answering('approve');
  const result = await agent.run('held_ledger', 'anything', {}, manifest(ledger), { onPending });
  expect(result).toEqual({ key: expect.stringMatching(/^act_/) });
});

it('run of an executor that fails says what it said', async () => {
  const attempt = agent.run('read_ledger', 'anything', { broken: true }, manifest(ledger));
  await expect(attempt).rejects.toThrow(/The ledger is closed/);
});
