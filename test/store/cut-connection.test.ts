import { sql } from 'kysely';
import { openStore, type Store } from '../../src/store/open.ts';
import { createTestDatabase, describeWithPostgres, type TestDatabase } from '../support/postgres.ts';

describeWithPostgres('a connection that PostgreSQL cuts between two statements of a transaction', () => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await createTestDatabase();
    store = await openStore({ url: database.url });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  it('fails the transaction and nothing else', async () => {
    const cut = store.db.transaction().execute(async (tx) => {
      const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${own.rows[0]?.pid})`.execute(store.db);
      // What the server says of it comes while no statement is under way, and belongs to none.
      for (let turns = 0; turns < 100; turns += 1) await sql`select 1`.execute(store.db);
      await sql`select 1`.execute(tx);
    });
    await expect(cut).rejects.toThrow(/connection/u);
    expect((await sql<{ n: number }>`select 1 as n`.execute(store.db)).rows).toEqual([{ n: 1 }]);
  });
});
