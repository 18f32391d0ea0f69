import type { ApprovalView } from '@gatehouse/sdk/contract';
import { ask, askFor, ended, giveVerdict } from '../../support/asking.ts';
import { createKey } from '../../../src/store/keys.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const POLICY = `${WORD_POLICY}
  - id: noted
    reason: A person must look at this note.
    match: { action: ['note_*'] }
    effect: require_approval
    approval: { grants: { uses: 20, within: 8h } }
`;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    policy: { 'words.yaml': POLICY },
    env: { GATEHOUSE_MAX_PENDING_PER_AGENT: '3' },
  });
});
afterAll(async () => {
  await stack.stop();
});

it('F19 an agent with as many open questions as it may have puts no other; what needs nobody goes on, and so do others', async () => {
  const asked = [
    await ask(stack, 'held_word', { context: { n: 1 } }),
    await ask(stack, 'held_word', { context: { n: 2 } }),
    await ask(stack, 'held_word', { context: { n: 3 }, key: 'the-third' }),
  ];
  const refused = await askFor(stack, 'held_word', { context: { n: 4 } });
  expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_pending', pending: 3 } });
  expect(refused.headers.get('retry-after')).toBe('30');
  expect(await ask(stack, 'read_word')).toMatchObject({ decision: 'ALLOW' });
  expect(await ask(stack, 'blocked_word')).toMatchObject({ decision: 'BLOCK' });
  expect(await ask(stack, 'held_word', { context: { n: 3 }, key: 'the-third' })).toMatchObject({
    decision: 'REQUIRE_APPROVAL',
    actionId: asked[2]?.actionId,
  });

  const other = await createKey(stack.core.store, 'agent', 'quiet-agent');
  const quiet = await fetch(`${stack.url}/api/v1/guard`, {
    method: 'POST',
    headers: { authorization: `Bearer ${other}`, 'content-type': 'application/json' },
    body: JSON.stringify({ action: { type: 'held_word', target: 'anything', context: {} } }),
  });
  expect(quiet.status).toBe(200);

  const [first] = asked;
  if (first === undefined) throw new Error('nothing was asked');
  expect((await giveVerdict(stack, first, 'reject')).status).toBe(200);
  await ended(stack, first.actionId);
  expect((await askFor(stack, 'held_word', { context: { n: 4 } })).status).toBe(200);
});

it('F19 what a standing permission answers goes on while the agent has as many open questions as it may have', async () => {
  expect((await askFor(stack, 'note_word')).body).toMatchObject({ code: 'too_many_pending' });
  const { body } = await stack.call('reviewer', 'GET', '/api/v1/approvals?status=pending&agent=dev-agent&limit=1');
  const [open] = (body as { approvals: ApprovalView[] }).approvals;
  if (open === undefined) throw new Error('nothing is open');
  await giveVerdict(stack, open, 'reject');
  await ended(stack, open.actionId);

  const { approvalId, actionDigest } = await ask(stack, 'note_word');
  const grant = { name: 'notes', uses: 2, withinSeconds: 3600 };
  const approve = { verdict: 'approve', actionDigest, grant };
  expect((await stack.call('reviewer', 'POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, approve)).status).toBe(
    200,
  );
  await ask(stack, 'held_word', { context: { n: 5 } });
  expect((await askFor(stack, 'held_word', { context: { n: 6 } })).status).toBe(429);
  expect(await ask(stack, 'note_word')).toMatchObject({ decision: 'ALLOW' });
  expect((await askFor(stack, 'note_word', { context: { n: 1 } })).status).toBe(429);
});

it('F19 nothing is started for a question that is refused so', async () => {
  const before = await stack.call('admin', 'GET', '/api/v1/actions?limit=100');
  for (let n = 10; n < 30; n += 1) {
    expect((await askFor(stack, 'held_word', { context: { n } })).status).toBe(429);
  }
  const after = await stack.call('admin', 'GET', '/api/v1/actions?limit=100');
  expect((after.body['actions'] as unknown[]).length).toBe((before.body['actions'] as unknown[]).length);
});
