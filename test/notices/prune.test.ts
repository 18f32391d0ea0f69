import { pruneNotices } from '../../src/notices/prune.ts';
import { deleteDeliveries, deleteNotices } from '../../src/store/notice-pruning.ts';
import { planOf } from '../store/support/plan.ts';
import { ask, describeStores, ended, entries, giveVerdict, record, recordUntil } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { noticesFile, webhookSecret } from './support/notices-file.ts';
import { noticesUntil } from './support/on-record.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';

const DAY_MS = 86_400_000;

describeStores('what is kept of notices', (store) => {
  let stack: Stack;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver();
    const file = noticesFile(
      `
version: 1
channels:
  hook: { kind: webhook, url: '${receiver.url}', secretFile: secret, flood: { most: 1000, within: 1s } }
  many: { kind: webhook, url: '${receiver.url}', secretFile: secret, flood: { most: 1, within: 1s } }
routes: [{ to: [hook, many] }]
keepFor: 30d
`,
      { secret: webhookSecret() },
    );
    stack = await startStack({ policy: { 'policy.yaml': WORD_POLICY }, store, env: { GATEHOUSE_NOTICES: file } });
  });
  afterAll(async () => {
    await stack.stop();
    await receiver.close();
  });

  /** The record says so of every channel, once the last message that tells of it has arrived. */
  const told = (actionId: string, times: number) =>
    recordUntil(stack, actionId, (action) => entries(action, 'notified').length === 2 * times);
  const prune = (later: number) =>
    pruneNotices(stack.core.store, { keepForMs: 30 * DAY_MS, now: Date.now() + later, batch: 2 });
  const kept = async () => {
    const deliveries = await stack.core.store.db.selectFrom('notice_deliveries').select('approval_id').execute();
    const notices = await stack.core.store.db.selectFrom('notices').select('approval_id').execute();
    return [deliveries, notices].map((rows) => [...new Set(rows.map(({ approval_id: id }) => id))]);
  };

  it('goes in batches when its time is over, and what an open question needs stays', async () => {
    const open = await ask(stack, 'held_open');
    const answered = await Promise.all([1, 2, 3].map((index) => ask(stack, `held_${String(index)}`)));
    for (const question of answered) await giveVerdict(stack, question, 'reject');
    for (const { actionId } of answered) {
      await ended(stack, actionId);
      await told(actionId, 2);
    }
    await told(open.actionId, 1);

    expect(await prune(29 * DAY_MS)).toEqual({ deliveries: 0, notices: 0 });
    const pruned = await prune(31 * DAY_MS);
    expect(pruned.notices).toBe(6);
    expect(pruned.deliveries).toBeGreaterThanOrEqual(12);
    expect(await kept()).toEqual([[open.approvalId], [open.approvalId]]);
    expect(await prune(31 * DAY_MS)).toEqual({ deliveries: 0, notices: 0 });

    const [first] = answered;
    const notified = entries(await record(stack, first?.actionId ?? ''), 'notified');
    expect([...new Set(notified.map(({ data }) => data['notice']))].sort()).toEqual(['held', 'rejected']);
  });

  it('stays while the message that tells of it is on its way', async () => {
    const before = receiver.received.length;
    receiver.behave({ status: 500 });
    const [one, other] = await Promise.all([ask(stack, 'held_one'), ask(stack, 'held_other')]);
    await giveVerdict(stack, one, 'reject');
    await giveVerdict(stack, other, 'reject');
    await receiver.count(before + 1);
    const merged = await noticesUntil(stack, one.actionId, (all) => all.some(({ state }) => state === 'merged'));
    await prune(31 * DAY_MS);
    const left = await noticesUntil(stack, one.actionId, () => true);
    const ids = (all: typeof merged) =>
      all.filter(({ state }) => state === 'merged').map(({ deliveryId }) => deliveryId);
    expect(ids(left)).toEqual(expect.arrayContaining(ids(merged)));
    receiver.behave({ status: 200 });
    await told(one.actionId, 2);
  });

  it('goes by itself as a worker starts', async () => {
    const over = await ask(stack, 'held_over');
    await giveVerdict(stack, over, 'reject');
    await told(over.actionId, 2);
    await stack.stopWorker();
    const longAgo = Date.now() - 31 * DAY_MS;
    await stack.core.store.db.updateTable('notice_deliveries').set({ changed_at: longAgo }).execute();
    await stack.core.store.db.updateTable('notices').set({ routed_at: longAgo }).execute();
    await stack.startWorker();
    await noticesUntil(stack, over.actionId, (all) => all.length === 0);
  });

  if (store === 'sqlite') {
    it('is found by indexes, however much is kept', async () => {
      const deliveries = await planOf(stack.core.store, (of) => deleteDeliveries(of, 5, 10));
      expect(deliveries).toContain('notice_deliveries_by_change (changed_at<?)');
      expect(deliveries).not.toContain('TEMP B-TREE FOR ORDER BY');
      const notices = await planOf(stack.core.store, (of) => deleteNotices(of, 5, 10));
      expect(notices).toContain('notices_routed (routed_at<?)');
      expect(notices).toContain('notice_deliveries_by_notice (notice_id=?)');
    });
  }
});
