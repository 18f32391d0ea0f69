import type { ActionView, ApprovalView, GuardAnswer, JsonObject, TimelineEntry } from '@gatehouse/sdk/contract';
import { sealPending } from '../../../src/audit/sealer.ts';
import { verifyRecord } from '../../../src/audit/verify/verify.ts';
import { STORES } from '../support/recorded.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const CONTEXT = { password: 'hunter2', case_number: 'C-77', rows: 3 };
const MASKED = { password: '[redacted]', case_number: '[redacted]', rows: 3 };

describe.each(STORES)('a gate that records redacted arguments on %s', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    const env = { GATEHOUSE_RECORD_ARGUMENTS: 'redacted', GATEHOUSE_RECORD_REDACT: 'case_number' };
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store, env });
  });
  afterAll(() => stack.stop());

  const guard = async (type: string): Promise<GuardAnswer> => {
    const action = { type, target: 'anything', context: CONTEXT };
    return (await stack.call('agent', 'POST', '/api/v1/guard', { action })).body as unknown as GuardAnswer;
  };
  const reject = async ({ approvalId, actionDigest }: GuardAnswer): Promise<void> => {
    const given = { verdict: 'reject', actionDigest, comment: 'no' };
    const { status } = await stack.call('reviewer', 'POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, given);
    expect(status).toBe(200);
  };
  const timelineOf = async (actionId: string): Promise<TimelineEntry[]> => {
    const { body } = await stack.call('admin', 'GET', `/api/v1/actions/${actionId}`);
    return (body as unknown as ActionView & { timeline: TimelineEntry[] }).timeline;
  };
  const dataOf = (timeline: readonly TimelineEntry[], kind: string): JsonObject =>
    timeline.find((entry) => entry.kind === kind)?.data ?? {};
  const runOf = async (actionId: string): Promise<string> =>
    (await stack.client.workflow.getHandle(actionId).describe()).runId;

  it('shows reviewers all of them while they are asked, and keeps the masked ones after', async () => {
    const asked = await guard('held_word');
    const { actionId, approvalId } = asked;
    const card = (await stack.call('reviewer', 'GET', `/api/v1/approvals/${approvalId ?? ''}`)).body;
    expect((card as unknown as ApprovalView).arguments).toEqual(CONTEXT);
    await reject(asked);
    await stack.client.workflow.getHandle(actionId).result();
    const { body } = await stack.call('admin', 'GET', `/api/v1/actions/${actionId}`);
    expect(body).toMatchObject({ status: 'rejected', arguments: MASKED, classification: { evidence: [] } });
    expect(JSON.stringify(body)).not.toContain('hunter2');
    await sealPending(stack.core.store);
    expect((await verifyRecord(stack.core.store)).findings).toEqual([]);
  });

  it('gives the agent all of them to run with', async () => {
    const ran = await stack.agent.guard('read_word', 'anything', CONTEXT, async (args) => args);
    expect(ran).toEqual(CONTEXT);
  });

  it('names the run of the workflow in the entries of the gateway and of the workflow', async () => {
    const asked = await guard('held_word');
    const { actionId } = asked;
    await reject(asked);
    await stack.client.workflow.getHandle(actionId).result();
    const timeline = await timelineOf(actionId);
    const runId = await runOf(actionId);
    for (const kind of ['requested', 'decided', 'held', 'verdict', 'rejected']) {
      expect([kind, dataOf(timeline, kind)]).toMatchObject([kind, { runId }]);
    }
  });
});
