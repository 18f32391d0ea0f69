import { takeOverTables } from '../../audit/support/recorded.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
});
afterAll(async () => {
  await stack.stop();
});

it('I3 a store that was lost does not make a finished action run once more', async () => {
  const idempotencyKey = `lost-${stack.core.settings.taskQueue}`;
  let runs = 0;
  let actionId = '';
  const run = () =>
    stack.agent.guard(
      'read_word',
      'anything',
      {},
      (_, info) => {
        runs += 1;
        actionId = info.actionId;
      },
      { idempotencyKey },
    );
  await run();
  await stack.client.workflow.getHandle(actionId).result();
  const { db } = stack.core.store;
  await takeOverTables(stack.core.store);
  await db.deleteFrom('events').where('action_id', '=', actionId).execute();
  await db.deleteFrom('actions').where('id', '=', actionId).execute();

  await expect(run()).rejects.toMatchObject({ problem: { code: 'already_settled' } });
  expect(runs).toBe(1);
});
