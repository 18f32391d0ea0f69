import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { ask, describeStores, giveVerdict, record, recordUntil } from '../../support/asking.ts';
import { untilTaskFailed } from '../../support/history.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

describeStores('an action that is held and whose question is gone from the record', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store });
  });
  afterAll(() => stack.stop());

  it('keeps its own workflow waiting and no other, and goes on when the question is back', async () => {
    const { db } = stack.core.store;
    await stack.stopWorker();
    const held = await ask(stack, 'held_word', { more: { claim: false } });
    const question = await db
      .selectFrom('approvals')
      .selectAll()
      .where('action_id', '=', held.actionId)
      .executeTakeFirstOrThrow();
    await db.deleteFrom('approvals').where('id', '=', question.id).execute();
    await stack.startWorker();
    await untilTaskFailed(stack.client.workflow.getHandle(held.actionId));

    const other: GuardAnswer = await ask(stack, 'blocked_word');
    await stack.client.workflow.getHandle(other.actionId).result();
    expect(await record(stack, held.actionId)).toMatchObject({ status: 'held' });

    await db.insertInto('approvals').values(question).execute();
    expect((await giveVerdict(stack, held, 'approve')).body).toMatchObject({ status: 'approved' });
    await recordUntil(stack, held.actionId, ({ status }) => status === 'permitted');
  }, 60_000);
});
