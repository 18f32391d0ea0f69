import { randomUUID } from 'node:crypto';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { readAction } from '../../../src/store/actions.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { testPostgres } from '../../support/postgres.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { runCli, type Ran } from '../support/run-cli.ts';

const stores = testPostgres() === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);

describe.each(stores)('the drill that docs/operations.md describes, with a store on %s', (store) => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store });
  });
  afterAll(() => stack.stop());

  const run = (...args: string[]): Promise<Ran> => {
    const { settings } = stack.core;
    const { address, namespace } = stack.link;
    return runCli(args, {
      cwd: stack.dataDir,
      env: {
        GATEHOUSE_DATA: stack.dataDir,
        GATEHOUSE_TASK_QUEUE: settings.taskQueue,
        TEMPORAL_ADDRESS: address,
        TEMPORAL_NAMESPACE: namespace,
        ...(settings.store.kind === 'postgres' ? { DATABASE_URL: settings.store.url } : {}),
      },
    });
  };
  const ask = async (type: string): Promise<GuardAnswer> => {
    const action = { type, target: 'anything', context: { once: randomUUID() } };
    return (await stack.call('agent', 'POST', '/api/v1/guard', { action, claim: false }))
      .body as unknown as GuardAnswer;
  };
  const verdict = ({ approvalId, actionDigest }: GuardAnswer, word: string) =>
    stack.call('reviewer', 'POST', `/api/v1/approvals/${String(approvalId)}/verdict`, { verdict: word, actionDigest });
  const runIt = async ({ actionId }: GuardAnswer): Promise<void> => {
    const claimId = randomUUID();
    const claimed = await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/claim`, { claimId });
    expect(claimed.body).toMatchObject({ permit: { granted: true } });
    const outcome = { claimId, status: 'succeeded' };
    const told = await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/outcome`, outcome);
    expect(told.body).toMatchObject({ actionId });
    await stack.client.workflow.getHandle(actionId).result();
  };

  it('brings back what happened after the backup, from Temporal, and the chain verifies', async () => {
    const before = await ask('read_word');
    await runIt(before);
    const waiting = await ask('held_word');
    expect((await run('store', 'backup', 'backup.db')).code).toBe(0);

    expect((await verdict(waiting, 'approve')).status).toBe(200);
    await runIt(waiting);
    const after = await ask('read_word');
    await runIt(after);
    const stillWaiting = await ask('held_word');

    await stack.stopWorker();
    const restored = await run('store', 'restore', 'backup.db', '--force');
    expect([restored.code, restored.err]).toEqual([0, expect.stringContaining('audit reconcile --repair')]);
    expect(await readAction(stack.core.store, after.actionId)).toBeUndefined();
    await stack.startWorker();
    const mended = await run('audit', 'reconcile', '--repair', '--histories', '--grace', '0', '--json');
    expect([mended.code, JSON.parse(mended.out)]).toMatchObject([0, { equal: true, differences: 0 }]);

    const found = await Promise.all(
      [before, waiting, after, stillWaiting].map(({ actionId }) => readAction(stack.core.store, actionId)),
    );
    expect(found.map((row) => row?.status)).toEqual(['succeeded', 'succeeded', 'succeeded', 'held']);
    expect((await verdict(stillWaiting, 'approve')).status).toBe(200);
    await runIt(stillWaiting);
    const verified = await run('audit', 'verify');
    expect(verified.out).toContain('The record is whole.');
    expect(verified.code).toBe(0);
  }, 90_000);
});
