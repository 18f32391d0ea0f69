import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
});
afterAll(async () => {
  await stack.stop();
});

/** Asks for an action that is held, and resolves with it once its workflow waits for people. */
async function held(context: object): Promise<{ actionId: string; approvalId: string }> {
  const { body } = await stack.call('agent', 'POST', '/api/v1/guard', {
    action: { type: 'held_word', target: 'anything', context },
    purpose: 'to see it in the Temporal UI',
  });
  const {
    actionId,
    approvalId,
    actionDigest: digest,
  } = body as Record<'actionId' | 'approvalId' | 'actionDigest', string>;
  // An update that the workflow answers shows that it got past its decision.
  await stack.client.workflow
    .getHandle(actionId)
    .executeUpdate('decision', { args: [{ digest, requestId: 'look', claimId: null }] });
  return { actionId, approvalId };
}

async function approvalStatus(approvalId: string): Promise<Record<string, unknown>> {
  return (await stack.call('reviewer', 'GET', `/api/v1/approvals/${approvalId}?wait=10`)).body;
}

it('a reviewer approves with nothing but the workflow id, and the verdict is marked as unsigned', async () => {
  const { actionId, approvalId } = await held({ n: 1 });
  await stack.client.workflow.getHandle(actionId).signal('approve');
  expect(await approvalStatus(approvalId)).toMatchObject({
    status: 'approved',
    resolvedBy: 'temporal',
    unsigned: true,
  });
});

it('a signal may name the reviewer and the reason', async () => {
  const { actionId, approvalId } = await held({ n: 2 });
  await stack.client.workflow.getHandle(actionId).signal('reject', { reviewer: 'ann', comment: 'no' });
  expect(await approvalStatus(approvalId)).toMatchObject({ status: 'denied', resolvedBy: 'ann', comment: 'no' });
});

it('a signal with nonsense in it is a verdict without a name', async () => {
  const { actionId, approvalId } = await held({ n: 3 });
  await stack.client.workflow.getHandle(actionId).signal('reject', [1, 'two', null]);
  expect(await approvalStatus(approvalId)).toMatchObject({ status: 'denied', resolvedBy: 'temporal' });
});

it('the Temporal UI shows who is waited for and what would be approved, with hostile text made inert', async () => {
  const { actionId } = await held({ text: '\u202e\u001b[31m `code` </script>' });
  const described = await stack.client.workflow.getHandle(actionId).describe();
  const summary = await described.staticSummary();
  const details = await described.staticDetails();
  expect(summary).toBe('dev-agent: held_word on anything');
  expect(details).toContain('to see it in the Temporal UI');
  const { metadata } = await stack.client.workflow
    .getHandle(actionId)
    .query<{ currentDetails: string }>('__temporal_workflow_metadata')
    .then((given) => ({ metadata: given }));
  expect(metadata.currentDetails).toContain('Waiting for a reviewer');
  expect(metadata.currentDetails).toContain('\\u202e');
  expect(metadata.currentDetails).not.toContain('\u202e');
  expect(metadata.currentDetails).not.toContain('\u001b');
  await stack.client.workflow.getHandle(actionId).signal('reject');
});

it('search attributes tell agent, action, outcome, status, severity and policy, and no argument', async () => {
  const { actionId } = await held({ secret: 'hunter2' });
  const described = await stack.client.workflow.getHandle(actionId).describe();
  const attributes = Object.fromEntries(
    described.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
  );
  expect(attributes).toMatchObject({
    GatehouseAgent: 'dev-agent',
    GatehouseAction: 'held_word',
    GatehouseOutcome: 'REQUIRE_APPROVAL',
    GatehouseStatus: 'held',
  });
  expect(Object.keys(attributes).sort()).toEqual(expect.arrayContaining(['GatehousePolicy', 'GatehouseSeverity']));
  expect(JSON.stringify(attributes)).not.toContain('hunter2');
  await stack.client.workflow.getHandle(actionId).signal('reject');
});

it('the query state answers where the action stands', async () => {
  const { actionId } = await held({ n: 4 });
  expect(await stack.gate.state(actionId)).toMatchObject({ actionId, standing: { status: 'held' }, verdicts: 0 });
  await stack.client.workflow.getHandle(actionId).signal('reject');
  expect(await stack.client.workflow.getHandle(actionId).result()).toMatchObject({ status: 'rejected' });
});
