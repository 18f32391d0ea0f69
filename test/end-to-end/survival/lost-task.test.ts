import { moveAction } from '../../../src/store/actions.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
});
afterAll(() => stack.stop());

/** A held action that the record has moved on, as a step does whose task was lost after it had committed. */
async function movedBehindItsWorkflow(): Promise<string> {
  const action = { type: 'held_delete', target: 'db', context: {} };
  const { actionId } = (await stack.call('agent', 'POST', '/api/v1/guard', { action })).body as { actionId: string };
  const at = Date.now();
  await moveAction(stack.core.store, {
    actionId,
    from: ['held'],
    set: { status: 'rejected', settled_at: at, settle_reason: 'no' },
    events: [{ kind: 'rejected', key: 'end', actor: 'reviewer:x', at, data: { reason: 'no' } }],
  });
  return actionId;
}

it('ends an action whose verdict was recorded by a task that was lost, once it is told to look', async () => {
  const actionId = await movedBehindItsWorkflow();
  await stack.gate.reconsider(actionId);
  const standing = (await stack.client.workflow.getHandle(actionId).result()) as { status: string };
  expect(standing.status).toBe('rejected');
});

it('goes on asking when it is told to look and nothing has happened', async () => {
  const action = { type: 'held_delete', target: 'db', context: {} };
  const { body } = await stack.call('agent', 'POST', '/api/v1/guard', { action });
  await stack.gate.reconsider(String(body['actionId']));
  const given = { verdict: 'reject', actionDigest: body['actionDigest'] };
  const answer = await stack.call('reviewer', 'POST', `/api/v1/approvals/${String(body['approvalId'])}/verdict`, given);
  expect(answer.body['status']).toBe('denied');
});
