import { ActionExpiredError } from '@gatehouse/sdk';
import {
  approvalOf,
  ask,
  askFor,
  describeStores,
  ended,
  entries,
  giveVerdict,
  kinds,
  record,
} from '../../support/asking.ts';
import { digestAction } from '../../../src/decide/digest.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { timerFired } from '../../support/timers.ts';

const ROUNDS = 5;
/** Asks one question more than the policy under which the action was held. */
const STRICTER_POLICY = `${WORD_POLICY}
  - id: ask-again
    reason: This target needs another look.
    match: { target: ['shifting'] }
    effect: require_approval
`;

describeStores('verdicts', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store, worker: false });
  });
  afterAll(async () => {
    await stack.stop();
  });

  const handleOf = (actionId: string) => stack.client.workflow.getHandle(actionId);

  /** Runs the action as its agent, and counts how often it ran. */
  async function runs(type: string, key: string): Promise<number> {
    let count = 0;
    await stack.agent.guard(type, 'anything', {}, () => (count += 1), { idempotencyKey: key });
    return count;
  }

  // First of all, while no worker runs.
  it('F01 an approval that arrives before the workflow waits for it is remembered and applied once', async () => {
    const { actionId, approvalId } = await ask(stack, 'held_early', { key: `early-${store}` });
    await handleOf(actionId).signal('approve', { reviewer: 'ann' });
    await stack.startWorker();
    expect(await approvalOf(stack, approvalId)).toMatchObject({ status: 'approved', resolvedBy: 'ann' });
    expect(await runs('held_early', `early-${store}`)).toBe(1);
    expect(kinds(await ended(stack, actionId)).filter((kind) => kind === 'verdict')).toHaveLength(1);
  });

  it('F01 an approval in the same breath as the start, before anything was decided, is remembered too', async () => {
    const request = {
      ...{ actionId: `act_${'0'.repeat(26)}${store.slice(0, 6)}`, agent: 'dev-agent', type: 'held_at_once' },
      ...{ target: 'anything', context: {}, purpose: null, requestId: 'r', requestedAt: Date.now(), mode: 'permit' },
      ...{ permitSeconds: 1, leaseSeconds: 1, executor: null },
      digest: digestAction({ type: 'held_at_once', target: 'anything', arguments: {}, agent: 'dev-agent' }),
    };
    const handle = await stack.client.workflow.signalWithStart('guardedAction', {
      workflowId: request.actionId,
      taskQueue: stack.core.settings.taskQueue,
      args: [request],
      signal: 'approve',
      signalArgs: [{ reviewer: 'ann' }],
    });
    // Answered once it is decided, and thus asked.
    await handle.executeUpdate('decision', { args: [{ digest: request.digest, requestId: 'r', claimId: null }] });
    const asked = await record(stack, request.actionId);
    expect((await approvalOf(stack, asked.approvalId)).status).toBe('approved');
    const seen = await record(stack, request.actionId);
    expect(kinds(seen)).toEqual(['requested', 'decided', 'held', 'verdict', 'rechecked']);
    expect(seen.status).toBe('permitted');
  });

  it('F02 of two reviewers at once one is counted, and the other is told who was first and when', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const answer = await ask(stack, 'held_race', { context: { round } });
      const replies = await Promise.all([
        giveVerdict(stack, answer, 'approve', { role: 'reviewer' }),
        giveVerdict(stack, answer, 'reject', { role: 'admin' }),
      ]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
      const winner = replies.find(({ status }) => status === 200)?.body ?? {};
      const loser = replies.find(({ status }) => status === 409)?.body ?? {};
      const { resolvedBy, resolvedAt } = winner;
      expect(resolvedBy).toMatch(/^dev-(reviewer|admin)$/);
      expect(resolvedAt).toMatch(/^2\d{3}-/);
      expect(loser).toMatchObject({ code: 'already_resolved', resolvedBy, resolvedAt });
      const seen = await record(stack, answer.actionId);
      expect(entries(seen, 'verdict')).toHaveLength(1);
      expect(entries(seen, 'refused_attempt')).toHaveLength(1);
      expect(await approvalOf(stack, answer.approvalId)).toMatchObject({ status: winner['status'], resolvedBy });
    }
  });

  it('F02 the same verdict delivered again, at once or later, is no second one', async () => {
    const answer = await ask(stack, 'held_twice');
    const approve = () => giveVerdict(stack, answer, 'approve', { comment: 'yes' });
    const replies = [...(await Promise.all([approve(), approve(), approve()])), await approve()];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(replies.map(({ body }) => body['resolvedAt'])).size).toBe(1);
    const seen = await record(stack, answer.actionId);
    expect(entries(seen, 'verdict')).toHaveLength(1);
    expect(entries(seen, 'refused_attempt')).toHaveLength(0);
  });

  it('F02 a signal delivered twice approves one question, and never the next one', async () => {
    const { actionId, approvalId } = await ask(stack, 'held_twice_signalled', { target: 'shifting' });
    await stack.stopWorker();
    await stack.setPolicy('words.yaml', STRICTER_POLICY);
    await handleOf(actionId).signal('approve', { reviewer: 'ann' });
    await handleOf(actionId).signal('approve', { reviewer: 'ann' });
    await stack.startWorker();
    expect((await approvalOf(stack, approvalId)).status).toBe('approved');
    const { standing } = await stack.gate.state(actionId);
    await stack.setPolicy('words.yaml', WORD_POLICY);
    expect(standing).toMatchObject({ status: 'held', approval: { round: 2 } });
    const cancelled = await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/cancel`, {});
    expect(cancelled.status).toBe(200);
    const seen = await ended(stack, actionId);
    expect(entries(seen, 'verdict')).toHaveLength(1);
    expect(entries(seen, 'refused_attempt')).toHaveLength(1);
  });

  it('F03 a stale verdict for action A does nothing to B', async () => {
    const a = await ask(stack, 'held_a');
    const b = await ask(stack, 'held_b');
    const stale = await giveVerdict(stack, { approvalId: b.approvalId, actionDigest: a.actionDigest }, 'approve');
    expect(stale).toMatchObject({ status: 409, body: { code: 'digest_mismatch' } });
    for (const { approvalId } of [a, b]) expect((await approvalOf(stack, approvalId, 0)).status).toBe('pending');
    const seen = await record(stack, b.actionId);
    expect(entries(seen, 'refused_attempt')).toMatchObject([{ data: { code: 'digest_mismatch' } }]);
    expect((await giveVerdict(stack, b, 'approve')).status).toBe(200);
    expect((await approvalOf(stack, a.approvalId, 0)).status).toBe('pending');
  });

  it('F16 an approval that came before the expiry counts everywhere, also when both are seen together', async () => {
    const key = `brink-${store}`;
    const { actionId, approvalId } = await ask(stack, 'brief_brink', { key });
    await stack.gate.state(actionId); // it waits for people now
    await stack.stopWorker();
    await handleOf(actionId).signal('approve', { reviewer: 'ann' });
    await timerFired(stack, actionId);
    await stack.startWorker();
    expect(await approvalOf(stack, approvalId)).toMatchObject({ status: 'approved', resolvedBy: 'ann' });
    expect((await record(stack, actionId)).status).toBe('permitted');
    expect(await runs('brief_brink', key)).toBe(1);
    expect(kinds(await ended(stack, actionId))).not.toContain('expired');
    expect(await handleOf(actionId).result()).toMatchObject({ status: 'succeeded' });
  });

  it('F16 an approval that came after the time, and before any worker could act on it, counts everywhere too', async () => {
    const key = `unseen-${store}`;
    const { actionId, approvalId } = await ask(stack, 'brief_unseen', { key });
    await stack.gate.state(actionId); // it waits for people now
    await stack.stopWorker();
    await timerFired(stack, actionId);
    await handleOf(actionId).signal('approve', { reviewer: 'ann' });
    await stack.startWorker();
    expect(await approvalOf(stack, approvalId)).toMatchObject({ status: 'approved', resolvedBy: 'ann' });
    expect(await runs('brief_unseen', key)).toBe(1);
    expect(kinds(await ended(stack, actionId))).not.toContain('expired');
  });

  it('F16 an approval that came after the expiry counts nowhere', async () => {
    const key = `late-${store}`;
    const answer = await ask(stack, 'brief_late', { key });
    expect((await approvalOf(stack, answer.approvalId)).status).toBe('expired');
    expect(await giveVerdict(stack, answer, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'already_resolved', resolvedBy: null },
    });
    await expect(runs('brief_late', key)).rejects.toBeInstanceOf(ActionExpiredError);
    expect((await askFor(stack, 'brief_late', { key })).body).toMatchObject({ status: 'expired', permit: null });
    expect(await handleOf(answer.actionId).result()).toMatchObject({ status: 'expired' });
  });
});
