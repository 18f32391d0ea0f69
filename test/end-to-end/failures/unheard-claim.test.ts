import { randomUUID } from 'node:crypto';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { actionIdFor } from '../../../src/client/action-id.ts';
import { claimPermit } from '../../../src/decide/claim.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, env: { GATEHOUSE_LEASE_SECONDS: '1' } });
});
afterAll(async () => {
  await stack.stop();
});

it('F28 a claim that the gateway died before telling the workflow of ends as unknown soon, not when the question expires', async () => {
  const key = randomUUID();
  const asked = await stack.call(
    'agent',
    'POST',
    '/api/v1/guard',
    { action: { type: 'held_word', target: 'anything', context: {} } },
    { 'idempotency-key': key },
  );
  const { approvalId, actionDigest } = asked.body as unknown as GuardAnswer;
  const verdict = { verdict: 'approve', actionDigest };
  const answered = await stack.call('reviewer', 'POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, verdict);
  expect(answered.status).toBe(200);

  // What a gateway does at a claim, up to where it died: on record, and the workflow was not told.
  const id = actionIdFor(stack.principals.agent, key);
  const { store, policies } = stack.core;
  expect(await claimPermit({ store, policies, now: Date.now }, id, 'claim')).toMatchObject({ granted: true });
  expect(await stack.client.workflow.getHandle(id).result()).toMatchObject({ status: 'unknown' });
}, 60_000);
