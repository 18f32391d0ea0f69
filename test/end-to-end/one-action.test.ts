import { ActionBlockedError, ActionExpiredError, ActionRejectedError } from '@gatehouse/sdk';
import { startStack, type Stack } from '../support/stack.ts';
import { WORD_POLICY } from '../support/policies.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
});
afterAll(async () => {
  await stack.stop();
});

async function timelineOf(actionId: string): Promise<string[]> {
  const { body } = await stack.call('admin', 'GET', `/api/v1/actions/${actionId}?wait=10`);
  return (body['timeline'] as { kind: string }[]).map((entry) => entry.kind);
}

it('an allowed action runs with the approved arguments and its outcome is on record', async () => {
  let seen: unknown;
  let actionId = '';
  const result = await stack.agent.guard('read_word', 'anything', { count: 3 }, (args, info) => {
    seen = args;
    actionId = info.actionId;
    return 'done';
  });
  expect(result).toBe('done');
  expect(seen).toEqual({ count: 3 });
  expect(await timelineOf(actionId)).toEqual(['requested', 'decided', 'claimed', 'succeeded']);
});

it('a blocked action does not run and its record says why', async () => {
  let ran = false;
  const attempt = stack.agent.guard('blocked_word', 'anything', {}, () => (ran = true));
  const error = await attempt.then(
    () => undefined,
    (given: unknown) => given,
  );
  expect(error).toBeInstanceOf(ActionBlockedError);
  expect(ran).toBe(false);
  expect(await timelineOf((error as ActionBlockedError).actionId)).toEqual(['requested', 'decided', 'blocked']);
});

it('a held action runs after a person approved it', async () => {
  let actionId = '';
  const done = stack.agent.guard('held_word', 'anything', { n: 1 }, (_, info) => ((actionId = info.actionId), 'ran'), {
    onPending: (answer) => {
      void stack.call('reviewer', 'POST', `/api/v1/approvals/${answer.approvalId ?? ''}/verdict`, {
        verdict: 'approve',
        actionDigest: answer.actionDigest,
        comment: 'fine',
      });
    },
  });
  expect(await done).toBe('ran');
  expect(await timelineOf(actionId)).toEqual([
    'requested',
    'decided',
    'held',
    'verdict',
    'rechecked',
    'claimed',
    'succeeded',
  ]);
});

it('a rejected action does not run, and the agent is told who said no and why', async () => {
  let ran = false;
  const attempt = stack.agent.guard('held_word', 'anything', { n: 2 }, () => (ran = true), {
    onPending: (answer) => {
      void stack.call('reviewer', 'POST', `/api/v1/approvals/${answer.approvalId ?? ''}/verdict`, {
        verdict: 'reject',
        actionDigest: answer.actionDigest,
        comment: 'not today',
      });
    },
  });
  await expect(attempt).rejects.toBeInstanceOf(ActionRejectedError);
  await expect(attempt).rejects.toThrow(/not today/);
  expect(ran).toBe(false);
});

it('a question that nobody answers is a refusal', async () => {
  let ran = false;
  const attempt = stack.agent.guard('brief_word', 'anything', {}, () => (ran = true));
  await expect(attempt).rejects.toBeInstanceOf(ActionExpiredError);
  expect(ran).toBe(false);
});
