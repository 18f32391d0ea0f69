import { Client } from 'pg';
import { insertAction, moveAction } from '../../src/store/actions.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { createTestDatabase, describeWithPostgres, type TestDatabase } from '../support/postgres.ts';
import { actionRow } from './support/action-row.ts';

/** Longer than any test: only what the database announces can wake a waiter. */
const NEVER_MS = 3_600_000;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describeWithPostgres('changes that another process makes, on PostgreSQL', () => {
  let database: TestDatabase;
  let here: Store;
  let there: Store;

  beforeAll(async () => {
    database = await createTestDatabase();
    here = await openStore({ url: database.url, pollMs: NEVER_MS });
    there = await openStore({ url: database.url, pollMs: NEVER_MS });
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    await database.drop();
  });

  const settle = (actionId: string, status: 'claimed' | 'succeeded') =>
    moveAction(there, { actionId, from: ['permitted', 'claimed'], set: { status }, judgedUnder: 0, events: [] });

  it('a waiter is told by the database, without a look', async () => {
    await insertAction(there, { row: actionRow('act_told'), events: [], judgedUnder: 0 });
    const waiting = here.changes.listen('act_told');
    const told = waiting.changed(NEVER_MS, new AbortController().signal);
    expect(await settle('act_told', 'claimed')).toBe(true);
    await told;
    waiting.stop();
  });

  it('a waiter is told again after the connection was cut', async () => {
    await insertAction(there, { row: actionRow('act_cut'), events: [], judgedUnder: 0 });
    const server = new Client({ connectionString: database.url });
    await server.connect();
    const cut = await server.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'`,
    );
    expect(cut.rowCount).toBe(2);
    await server.end();
    await until(() => !here.changes.announced);
    await until(() => here.changes.announced);
    const waiting = here.changes.listen('act_cut');
    const told = waiting.changed(NEVER_MS, new AbortController().signal);
    expect(await settle('act_cut', 'succeeded')).toBe(true);
    await told;
    waiting.stop();
  });
});
