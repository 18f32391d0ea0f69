import { ActionAlreadyDoneError, ActionUnknownError, Gatehouse } from '@gatehouse/sdk';
import { approvalOf, ask, ended, failureOf, giveVerdict, kinds, record } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    policy: { 'words.yaml': WORD_POLICY },
    env: { GATEHOUSE_PERMIT_SECONDS: '5', GATEHOUSE_LEASE_SECONDS: '1' },
  });
});
afterAll(async () => {
  await stack.stop();
});

it('F14 a caller that disconnects while it waits leaves an approvable action, and re-attaches by its key', async () => {
  const gone = new AbortController();
  const options = { idempotencyKey: 'gone', signal: gone.signal };
  let runs = 0;
  let asked: Awaited<ReturnType<typeof ask>> | undefined;
  const onPending = (answer: Awaited<ReturnType<typeof ask>>): void => {
    asked = answer;
    gone.abort(new Error('the agent died'));
  };
  const first = stack.agent.guard('held_word', 'x', { n: 1 }, () => (runs += 1), { ...options, onPending });
  expect(await failureOf(first)).toMatchObject({ message: 'the agent died' });
  if (asked === undefined) throw new Error('nobody was asked');
  expect((await approvalOf(stack, asked.approvalId, 0)).status).toBe('pending');
  expect((await giveVerdict(stack, asked, 'approve')).status).toBe(200);

  // Another process of the agent, with nothing but the key.
  const reborn = new Gatehouse({ url: stack.url, apiKey: stack.keys.agent });
  const seen = await reborn.guard('held_word', 'x', { n: 1 }, (args) => [(runs += 1), args], {
    idempotencyKey: 'gone',
  });
  expect(seen).toEqual([1, { n: 1 }]);
  expect((await ended(stack, asked.actionId)).status).toBe('succeeded');
  const again = failureOf(reborn.guard('held_word', 'x', { n: 1 }, () => (runs += 1), { idempotencyKey: 'gone' }));
  expect(await again).toBeInstanceOf(ActionAlreadyDoneError);
  expect(runs).toBe(1);
});

it('F14 a long poll that is cut off claims nothing for the one who has gone', async () => {
  const held = await ask(stack, 'held_polled', { key: 'polled' });
  const gone = new AbortController();
  const poll = fetch(`${stack.url}/api/v1/approvals/${held.approvalId ?? ''}?wait=30`, {
    headers: { authorization: `Bearer ${stack.keys.agent}` },
    signal: gone.signal,
  });
  gone.abort();
  await expect(poll).rejects.toMatchObject({ name: 'AbortError' });
  await giveVerdict(stack, held, 'approve');
  expect(await stack.agent.guard('held_polled', 'anything', {}, () => 'ran', { idempotencyKey: 'polled' })).toBe('ran');
});

it('F28 a function that throws settles its action as failed, with what it said', async () => {
  let actionId = '';
  const attempt = stack.agent.guard('read_word', 'x', {}, (_, info) => {
    actionId = info.actionId;
    throw new TypeError('the table is gone');
  });
  await expect(attempt).rejects.toThrow('the table is gone');
  const end = await ended(stack, actionId);
  expect(end).toMatchObject({ status: 'failed', settlement: { error: 'TypeError: the table is gone' } });
});

it('F28 an agent that dies under its claim settles as unknown after the lease, and a repeat does not run', async () => {
  const { actionId, permit } = await ask(stack, 'read_word', { key: 'dies', more: { leaseSeconds: 1 } });
  expect(permit?.granted).toBe(true);
  const end = await ended(stack, actionId);
  expect(end.status).toBe('unknown');
  expect(kinds(end)).toEqual(['requested', 'decided', 'claimed', 'unknown']);
  expect(await stack.client.workflow.getHandle(actionId).result()).toMatchObject({ status: 'unknown' });
  let ran = false;
  const repeat = stack.agent.guard('read_word', 'anything', {}, () => (ran = true), { idempotencyKey: 'dies' });
  const error = await failureOf(repeat);
  expect(error instanceof ActionAlreadyDoneError || error instanceof ActionUnknownError).toBe(true);
  expect(error).toMatchObject({ settlement: { status: 'unknown' } });
  expect(ran).toBe(false);
});

it('F28 a report that comes after the lease changes nothing and is on record', async () => {
  const { actionId, permit } = await ask(stack, 'read_late');
  await ended(stack, actionId);
  const body = { claimId: permit?.claimId, status: 'succeeded' };
  const late = await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/outcome`, body);
  expect(late).toMatchObject({ status: 409, body: { code: 'already_settled' } });
  const seen = await record(stack, actionId);
  expect(seen.status).toBe('unknown');
  expect(kinds(seen).at(-1)).toBe('refused_attempt');
});

it('F28 a plain client that only asks and reads the approval settles as unknown after the lease', async () => {
  const held = await ask(stack, 'held_plain');
  await giveVerdict(stack, held, 'approve');
  const read = await stack.call('agent', 'GET', `/api/v1/approvals/${held.approvalId ?? ''}?wait=10`);
  expect(read.body).toMatchObject({ status: 'approved', permit: { granted: true } });
  const end = await ended(stack, held.actionId);
  expect(kinds(end)).toEqual(['requested', 'decided', 'held', 'verdict', 'rechecked', 'claimed', 'unknown']);
});

it('F28 a permit that nobody claims lapses, on record', async () => {
  const { actionId, status, permit } = await ask(stack, 'read_unclaimed', { more: { claim: false } });
  expect({ status, granted: permit?.granted }).toEqual({ status: 'permitted', granted: false });
  const end = await ended(stack, actionId);
  expect(kinds(end)).toEqual(['requested', 'decided', 'lapsed']);
});
