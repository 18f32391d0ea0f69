import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAnswered, readSession } from '../../src/store/background.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { readRefusals } from '../../src/store/refusals.ts';
import { planOf } from './support/plan.ts';

describe('what is read of the past for a question (sqlite)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-background-'));
  let store: Store;
  beforeAll(async () => {
    store = await openStore({ url: join(dir, 'gatehouse.db') });
  });
  afterAll(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('finds the actions of a session by its index, and sorts nothing but equal times', async () => {
    const action = { id: 'act_1', agent: 'a', session: 's', requested_at: 5 };
    const plan = await planOf(store, (of) => readSession(of, action));
    expect(plan).toContain('actions_by_session (session=? AND agent=? AND requested_at<?)');
    expect(plan).not.toContain('TEMP B-TREE FOR ORDER BY');
  });

  it('finds what was answered by its own index, however many questions are open', async () => {
    const plan = await planOf(store, (of) => readAnswered(of, { id: 'act_1', type: 't' }));
    expect(plan).toContain('actions_answered (type=?)');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  it('finds what people refused of the very same by an index of refusals alone', async () => {
    const plan = await planOf(store, (of) => readRefusals(of, 'sha256:0', 5, 3));
    expect(plan).toContain('approvals_denied (action_digest=? AND resolved_at>?)');
    expect(plan).not.toContain('TEMP B-TREE');
  });
});
