import {
  ActionBlockedError,
  ActionCancelledError,
  ActionExpiredError,
  ActionRejectedError,
  GateUnavailableError,
  Gatehouse,
} from '@gatehouse/sdk';
import { TemporalAgent } from '../../../src/client/index.ts';
import { defineExecutor } from '../../../src/activities/executors/index.ts';
import { approvalOf, ask, askFor, ended, giveVerdict, kinds } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { z } from 'zod';

let stack: Stack;
let effects = 0;
const effect = (): string => {
  effects += 1;
  return 'done';
};
const touch = defineExecutor({
  name: 'touch',
  actions: ['held_by_executor', 'brief_by_executor'],

  input: z.object({}),
  timeoutSeconds: 5,
  run: () => Promise.resolve(effect()),
});

beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, executors: [touch] });
});
beforeEach(() => {
  effects = 0;
});
afterAll(async () => {
  await stack.stop();
});

it('F06 a rejection has no effect, under a permit or by an executor', async () => {
  const onPending = async (answer: Parameters<typeof giveVerdict>[1]): Promise<void> => {
    await giveVerdict(stack, answer, 'reject');
  };
  await expect(stack.agent.guard('held_no', 'x', {}, effect, { onPending })).rejects.toThrow(ActionRejectedError);
  await expect(stack.agent.run('held_by_executor', 'x', {}, { onPending })).rejects.toThrow(ActionRejectedError);
  expect(effects).toBe(0);
});

it('F06 a cancelled action has no effect', async () => {
  const onPending = async ({ actionId }: { actionId: string }): Promise<void> => {
    await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/cancel`, { reason: 'changed my mind' });
  };
  await expect(stack.agent.guard('held_off', 'x', {}, effect, { onPending })).rejects.toThrow(ActionCancelledError);
  await expect(stack.agent.run('held_by_executor', 'x', {}, { onPending })).rejects.toThrow(ActionCancelledError);
  expect(effects).toBe(0);
});

it.each([
  ['an unknown decision word', { verdict: 'yes' }],
  ['a decision word in capitals', { verdict: 'APPROVE' }],
  ['a truth instead of a word', { verdict: true }],
  ['no word at all', {}],
  ['a member that nobody knows', { verdict: 'approve', force: true }],
])('F06 %s resolves nothing', async (_, change) => {
  const { approvalId, actionDigest, actionId } = await ask(stack, 'held_malformed');
  const body = { actionDigest, ...change };
  const reply = await stack.call('reviewer', 'POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, body);
  expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  expect((await approvalOf(stack, approvalId, 0)).status).toBe('pending');
  await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/cancel`, {});
  expect(kinds(await ended(stack, actionId))).not.toContain('claimed');
});

it.each([
  ['an unknown decision', { decision: 'PERMIT' }],
  ['a decision and a status that contradict each other', { decision: 'BLOCK' }],
  ['a permit that is not a permit', { permit: 'granted' }],
])('F06 %s in an answer of the gate runs nothing in the agent', async (_, change) => {
  const tampered: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const body = (await response.json()) as object;
    return Response.json({ ...body, ...change }, { status: response.status });
  };
  const agent = new Gatehouse({
    ...{ url: stack.url, apiKey: stack.keys.agent, fetch: tampered, onWarning: () => undefined },
    retry: { attempts: 1 },
  });
  await expect(agent.guard('read_word', 'x', {}, effect)).rejects.toThrow(GateUnavailableError);
  expect(effects).toBe(0);
});

it('F08 where an approval rule and a block rule both match, it is blocked', async () => {
  const answer = await ask(stack, 'held_word', { target: 'forbidden_place' });
  expect(answer).toMatchObject({ decision: 'BLOCK', status: 'blocked', matchedRule: 'never-twice', permit: null });
  expect(answer.matchedRules.map(({ id }) => id)).toEqual(['never-twice', 'ask-first']);
  await expect(stack.agent.guard('held_word', 'forbidden_place', {}, effect)).rejects.toThrow(ActionBlockedError);
  expect(effects).toBe(0);
});

it('F27 an expired approval never runs: not under a permit, not by an executor, not by a Temporal client', async () => {
  const trusted = new TemporalAgent({
    client: stack.client,
    agent: 'trusted',
    taskQueue: stack.core.settings.taskQueue,
  });
  const attempts = [
    stack.agent.guard('brief_word', 'x', {}, effect),
    stack.agent.run('brief_by_executor', 'x', {}),
    trusted.guard('brief_word', 'x', {}, effect),
  ];
  const ends = await Promise.allSettled(attempts);
  const errors = ends.map((end) => (end.status === 'rejected' ? (end.reason as Error).name : 'it ran'));
  expect(errors).toEqual(attempts.map(() => ActionExpiredError.name));
  expect(effects).toBe(0);
});

it('F27 a plain client is told expired, and finds no permit to claim', async () => {
  const key = 'plain-expired';
  const { approvalId, actionId } = await ask(stack, 'brief_plain', { key });
  const { body } = await stack.call('agent', 'GET', `/api/v1/approvals/${approvalId ?? ''}?wait=20`);
  expect(body).toMatchObject({ status: 'expired', permit: null });
  const claimId = 'aaaaaaaa-0000-4000-8000-000000000000';
  const claim = await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/claim`, { claimId });
  expect(claim).toMatchObject({ status: 409, body: { code: 'already_settled' } });
  expect((await askFor(stack, 'brief_plain', { key })).body).toMatchObject({ status: 'expired', permit: null });
  expect(kinds(await ended(stack, actionId))).toEqual(['requested', 'decided', 'held', 'expired']);
});
