import type { Standing } from '../../../src/workflows/messages.ts';
import { ask, describeStores, ended, giveVerdict, kinds, report } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

describeStores('every action is on record', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      ...{ policy: { 'words.yaml': WORD_POLICY }, store },
      // A permit long enough to be claimed on a busy machine, and short enough to see one lapse.
      env: { GATEHOUSE_PERMIT_SECONDS: '5', GATEHOUSE_LEASE_SECONDS: '1' },
    });
  });
  afterAll(async () => {
    await stack.stop();
  });

  const long = { more: { leaseSeconds: 60 } };
  async function settle(status: 'succeeded' | 'failed'): Promise<string> {
    const answer = await ask(stack, 'read_word', long);
    await report(stack, answer, status);
    return answer.actionId;
  }
  async function after(verdict: 'approve' | 'reject'): Promise<string> {
    const answer = await ask(stack, 'held_word', long);
    await giveVerdict(stack, answer, verdict);
    if (verdict === 'reject') return answer.actionId;
    const { body } = await stack.call('agent', 'GET', `/api/v1/approvals/${answer.approvalId ?? ''}`);
    await report(stack, { ...answer, permit: body['permit'] as typeof answer.permit }, 'succeeded');
    return answer.actionId;
  }
  async function cancelled(): Promise<string> {
    const { actionId } = await ask(stack, 'held_word');
    await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/cancel`, {});
    return actionId;
  }
  const idOf = async (answer: ReturnType<typeof ask>): Promise<string> => (await answer).actionId;

  it('I4 every action is on record before it has an effect', async () => {
    const ways: Record<string, Promise<string>> = {
      succeeded: settle('succeeded'),
      failed: settle('failed'),
      blocked: idOf(ask(stack, 'blocked_word')),
      rejected: after('reject'),
      approved: after('approve'),
      cancelled: cancelled(),
      expired: idOf(ask(stack, 'brief_word')),
      unknown: idOf(ask(stack, 'read_word')),
      lapsed: idOf(ask(stack, 'read_word', { more: { claim: false } })),
    };
    const ids: string[] = [];
    for (const [way, started] of Object.entries(ways)) {
      const actionId = await started;
      ids.push(actionId);
      const end = await ended(stack, actionId);
      expect(end.status).toBe(way === 'approved' ? 'succeeded' : way);
      const seen = kinds(end);
      expect(seen.slice(0, 2)).toEqual(['requested', 'decided']);
      expect(seen.at(-1)).toBe(end.status);
      if (seen.includes('claimed')) expect(seen.indexOf('claimed')).toBeGreaterThan(seen.indexOf('decided'));

      const standing = (await stack.client.workflow.getHandle(actionId).result()) as Standing;
      expect(standing).toMatchObject({ status: end.status, outcome: end.decision, policyDigest: end.policyDigest });
    }

    const rows = await stack.core.store.db.selectFrom('actions').select('id').execute();
    expect(rows.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(await workflows(ids.length)).toEqual(ids);
  });

  it('I4 every action is on record before it has an effect: the callback finds its claim there', async () => {
    let seen: string[] = [];
    await stack.agent.guard('read_word', 'x', {}, async (_, { actionId }) => {
      const { body } = await stack.call('admin', 'GET', `/api/v1/actions/${actionId}`);
      seen = (body['timeline'] as { kind: string }[]).map(({ kind }) => kind);
    });
    expect(seen).toEqual(['requested', 'decided', 'claimed']);
  });

  /** The ids of the workflows on this stack's queue. Visibility follows the history, so it is asked until it has caught up. */
  async function workflows(expected: number): Promise<string[]> {
    const query = `TaskQueue = '${stack.core.settings.taskQueue}'`;
    for (;;) {
      const found: string[] = [];
      for await (const { workflowId } of stack.client.workflow.list({ query })) found.push(workflowId);
      if (found.length >= expected) return found.sort();
    }
  }
});
