import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openArchive } from '../../src/reconcile/archive-place.ts';
import { reconcileAndKeep, startCaretaker } from '../../src/reconcile/caretaker.ts';
import { listReconciliations } from '../../src/store/reconciliations.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { recorded } from '../support/recorded.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { PLAIN_PATHS } from '../workflows/support/paths.ts';

const LOOK_MS = 20;

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
});
afterAll(() => stack.stop());

const walk = async (name: string): Promise<string> => {
  const actionId = (await PLAIN_PATHS[name]?.(stack)) ?? '';
  await stack.client.workflow.getHandle(actionId).result();
  return actionId;
};
const side = () => ({ client: stack.client, taskQueue: stack.core.settings.taskQueue });

it('several look after the record at once, and each history is archived once', async () => {
  const place = await openArchive({ kind: 'folder', path: path.join(stack.dataDir, 'archive') }, {});
  const { store, logger } = stack.core;
  const options = { store, temporal: side(), logger, lookEveryMs: 20, reconcileEveryMs: 10 };
  const both = [1, 2].map(() => startCaretaker({ ...options, archive: { place, afterMs: 0 } }));
  const actionId = await walk('allowed-succeeded');
  const seen = await recorded(stack, actionId, 'archived', 1);
  await Promise.all(both.map((one) => one.stop()));
  expect(seen.timeline?.filter(({ kind }) => kind === 'archived')).toMatchObject([{ actor: 'process:worker' }]);
  expect((await listReconciliations(store, 1))[0]).toMatchObject({ actor: 'process:worker' });
  // The lease was given back: whoever comes next need not wait for its end.
  expect(await store.db.selectFrom('leases').select('name').execute()).toEqual([]);
});

it('the two systems go on being compared when the clock of the machine is set back', async () => {
  const { store, logger } = stack.core;
  const compared = async (): Promise<number> => (await listReconciliations(store, 1_000)).length;
  const until = async (count: number): Promise<void> => {
    while ((await compared()) < count) await pause(LOOK_MS);
  };
  const options = { store, temporal: side(), logger, lookEveryMs: LOOK_MS, reconcileEveryMs: 1, archive: null };
  const caretaker = startCaretaker(options);
  const right = Date.now;
  let now: jest.SpyInstance | undefined;
  try {
    await until((await compared()) + 1);
    now = jest.spyOn(Date, 'now').mockImplementation(() => right() - 3_600_000);
    await until((await compared()) + 2);
  } finally {
    now?.mockRestore();
    await caretaker.stop();
  }
});

it('what differs is kept, and said loudly', async () => {
  const actionId = await walk('allowed-failed');
  const { store, logger } = stack.core;
  const hour = 3_600_000;
  await store.db
    .updateTable('actions')
    .set({ status: 'succeeded', settled_at: Date.now() - hour })
    .where('id', '=', actionId)
    .execute();
  const said: unknown[] = [];
  const error = (...words: unknown[]): void => void said.push(words);
  // As if it had been so for longer than anything is in flight.
  const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + hour);
  try {
    await reconcileAndKeep({
      store,
      temporal: side(),
      logger: Object.assign(Object.create(logger) as typeof logger, { error }),
    });
  } finally {
    now.mockRestore();
  }
  expect(said).toMatchObject([[{ differences: 1 }, expect.stringContaining('gatehouse audit reconcile')]]);
  const [kept] = await listReconciliations(store, 1);
  expect(JSON.parse(kept?.report_json ?? '')).toMatchObject({ listed: [{ kind: 'contradiction', actionId }] });
});
