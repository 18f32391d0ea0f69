import { Client } from 'pg';
import { createTestDatabase, describeWithPostgres } from './postgres.ts';

describeWithPostgres('the PostgreSQL of the tests', () => {
  test('every test file gets an empty database of its own', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    expect(one.url).not.toBe(other.url);
    const client = new Client({ connectionString: one.url });
    await client.connect();
    const { rows } = await client.query("select count(*)::int as tables from pg_tables where schemaname = 'public'");
    expect(rows).toEqual([{ tables: 0 }]);
    await client.end();
    await Promise.all([one.drop(), other.drop()]);
  });
});
