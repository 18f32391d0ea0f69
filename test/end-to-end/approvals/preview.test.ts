import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { defineExecutor } from '../../../src/activities/executors/index.ts';
import { ask, describeStores, ended } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

describeStores('previews', (store) => {
  let stack: Stack;
  let ann: Person;
  const asked: unknown[] = [];
  beforeAll(async () => {
    const ledger = defineExecutor({
      name: 'ledger',
      actions: ['held_ledger'],
      taskQueue: `ledger-${randomUUID()}`,
      input: z.strictObject({ rows: z.number() }),
      timeoutSeconds: 5,
      preview: ({ rows }) => {
        asked.push(rows);
        if (rows < 0) throw new Error('There are no rows below zero');
        return Promise.resolve({ deletes: rows });
      },
      run: ({ rows }) => Promise.resolve({ deleted: rows }),
    });
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store, executors: [ledger] });
    ann = await person(stack, 'ann');
  });
  afterAll(async () => {
    await stack.stop();
  });

  const hold = (rows: number) =>
    ask(stack, 'held_ledger', { target: 'ledger', context: { rows }, more: { mode: 'executor' } });

  /** The preview that the approval shows, once it does. */
  async function previewOf(actionId: string, approvalId: string | null): Promise<unknown> {
    const ear = stack.core.store.changes.listen(actionId);
    const { signal } = new AbortController();
    try {
      for (let looks = 0; looks < 30; looks += 1) {
        const { preview } = await ann.reads(approvalId);
        if (preview !== null) return preview;
        await ear.changed(1_000, signal);
      }
    } finally {
      ear.stop();
    }
    throw new Error('There is no preview');
  }

  it('the card says what the executor would do', async () => {
    const { actionId, approvalId, actionDigest } = await hold(7);
    expect(await previewOf(actionId, approvalId)).toEqual({ state: 'ready', says: { deletes: 7 } });
    await ann.says('approve', { approvalId, actionDigest });
    expect((await ended(stack, actionId)).settlement?.result).toEqual({ deleted: 7 });
  });

  it('a preview that fails says so, is not tried again, and keeps nobody from answering', async () => {
    const { actionId, approvalId, actionDigest } = await hold(-1);
    const preview = await previewOf(actionId, approvalId);
    expect(preview).toEqual({ state: 'failed', says: { error: 'There are no rows below zero' } });
    expect(asked.filter((rows) => rows === -1)).toHaveLength(1);
    expect((await ann.says('reject', { approvalId, actionDigest })).body).toMatchObject({ status: 'denied' });
  });

  it('people answer while no executor is there to say anything', async () => {
    await stack.stopWorker();
    const held = await hold(3);
    await stack.startGateWorker();
    expect((await ann.says('approve', held)).body).toMatchObject({ status: 'approved', preview: null });
    await stack.startWorker();
    expect((await ended(stack, held.actionId)).status).toBe('succeeded');
  });
});
