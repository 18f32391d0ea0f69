import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import pg from 'pg';
import { z } from 'zod';
import { previewArguments } from '../../../src/activities/executors/preview.ts';
import type { SqlExecutorOptions } from '../../../src/activities/executors/sql/executor.ts';
import { sqlExecutor } from '../../../src/activities/executors/sql/executor.ts';
import { sql } from '../../../src/activities/executors/sql/statement.ts';
import { attempt } from './support.ts';

const postgresUrl = process.env.GATEHOUSE_TEST_POSTGRES;
if (!postgresUrl) console.warn('GATEHOUSE_TEST_POSTGRES is not set: the SQL executor is not tested on PostgreSQL');

interface TestDatabase {
  connection: string;
  /** Runs SQL of the test itself, and gives the first column of the first row. */
  ask(text: string): Promise<unknown>;
}

async function sqlite(): Promise<TestDatabase> {
  const path = join(mkdtempSync(join(tmpdir(), 'gatehouse-sql-')), 'shop.db');
  new Database(path).close();
  const ask = async (text: string): Promise<unknown> => {
    const db = new Database(path);
    try {
      const statement = db.prepare(text);
      if (!statement.reader) return statement.run([]).changes;
      return Object.values((statement.all([]) as object[])[0] ?? {})[0];
    } finally {
      db.close();
    }
  };
  return { connection: path, ask };
}

async function postgres(): Promise<TestDatabase> {
  const schema = `executor_${process.pid}_${Math.random().toString(36).slice(2)}`;
  const url = new URL(postgresUrl ?? '');
  const ask = async (text: string): Promise<unknown> => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text);
      return Object.values(rows[0] ?? {})[0];
    } finally {
      await client.end();
    }
  };
  await ask(`CREATE SCHEMA ${schema}`);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return { connection: url.href, ask };
}

const input = z.strictObject({ below: z.int(), by: z.int().default(1) });
type Options = SqlExecutorOptions<typeof input>;

const stores: [string, () => Promise<TestDatabase>][] = [
  ['SQLite', sqlite],
  ...(postgresUrl ? [['PostgreSQL', postgres] as [string, typeof postgres]] : []),
];

describe.each(stores)('the sql executor on %s', (_, open) => {
  let db: TestDatabase;
  const make = (options: Partial<Options> = {}) =>
    sqlExecutor({
      name: 'shop',
      actions: 'change',
      input,
      connection: () => db.connection,
      statement: ({ below, by }) => sql`UPDATE users SET visits = visits + ${by} WHERE id < ${below}`,
      ...options,
    });
  const visits = async (): Promise<number> => Number(await db.ask('SELECT sum(visits) FROM users'));

  beforeEach(async () => {
    db = await open();
    await db.ask('CREATE TABLE users (id integer primary key, name text not null, visits integer not null default 0)');
    await db.ask("INSERT INTO users (id, name) VALUES (1, 'Ada'), (2, 'Ben'), (3, 'Chidi')");
  });

  test('F25 a retry after the effect happened returns the first result and has one effect', async () => {
    const first = await attempt(make(), { below: 3 }, 'act_1', 1);
    expect(first).toEqual({ rowsAffected: 2 });
    expect(await attempt(make(), { below: 3 }, 'act_1', 2)).toEqual(first);
    expect(await visits()).toBe(2);
    await attempt(make(), { below: 3 }, 'act_2');
    expect(await visits()).toBe(4);
  });

  test('F25 attempts with one key at the same time have one effect and the same result', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => attempt(make(), { below: 3 }, 'act_1')));
    expect(results).toEqual(Array.from({ length: 8 }, () => ({ rowsAffected: 2 })));
    expect(await visits()).toBe(2);
  });

  test('F25 an attempt that failed left no key, so the next one has the effect', async () => {
    const fails = make({ result: () => 'x'.repeat(300_000) });
    await expect(attempt(fails, { below: 3 })).rejects.toMatchObject({ type: 'result_too_large' });
    expect(await visits()).toBe(0);
    expect(await attempt(make(), { below: 3 })).toEqual({ rowsAffected: 2 });
    expect(await visits()).toBe(2);
  });

  test('what a check refuses is rolled back and never tried again', async () => {
    const checked = make({ check: ([one]) => (one && one.rowsAffected > 1 ? 'too many rows' : null) });
    await expect(attempt(checked, { below: 9 })).rejects.toMatchObject({
      type: 'permanent',
      message: expect.stringContaining('was stopped: too many rows; nothing was changed'),
    });
    expect(await visits()).toBe(0);
  });

  test('several statements are one transaction, and returned rows are JSON', async () => {
    const several = make({
      statement: ({ below }) => [
        sql`DELETE FROM users WHERE id = ${below} RETURNING id, name`,
        sql`UPDATE users SET visits = ${5} WHERE id > ${below}`,
      ],
    });
    expect(await attempt(several, { below: 2 })).toEqual({
      rowsAffected: 2,
      byStatement: [1, 1],
      rows: [{ id: 2, name: 'Ben' }],
    });
    const breaks = make({
      statement: () => [sql`DELETE FROM users`, sql`INSERT INTO users (id, name) VALUES (${1}, ${null})`],
    });
    await expect(attempt(breaks, { below: 1 }, 'act_2')).rejects.toMatchObject({
      type: 'permanent',
      nonRetryable: true,
    });
    expect(Number(await db.ask('SELECT count(*) FROM users'))).toBe(2);
  });

  test('hostile values are data', async () => {
    const hostile = "x'); DROP TABLE users; --";
    const insert = make({ statement: () => sql`INSERT INTO users (id, name) VALUES (${4}, ${hostile})` });
    await attempt(insert, { below: 1 });
    expect(await db.ask('SELECT name FROM users WHERE id = 4')).toBe(hostile);
  });

  test('text in place of a statement is refused before anything runs', async () => {
    const text = make({ statement: (() => 'DELETE FROM users') as unknown as Options['statement'] });
    await expect(attempt(text, { below: 1 })).rejects.toMatchObject({ type: 'permanent', nonRetryable: true });
    expect(Number(await db.ask('SELECT count(*) FROM users'))).toBe(3);
  });

  test('a preview counts, and cannot write', async () => {
    const counts = make({ preview: ({ below }) => sql`SELECT count(*) AS n FROM users WHERE id < ${below}` });
    expect(JSON.stringify(await previewArguments(counts, { below: 3 }))).toMatch(/^{"rows":\[{"n":"?2"?}]}$/);
    const writes = make({ preview: () => sql`DELETE FROM users RETURNING id` });
    await expect(previewArguments(writes, { below: 3 })).rejects.toThrow(/read-?only/i);
    expect(Number(await db.ask('SELECT count(*) FROM users'))).toBe(3);
  });
});

describe('the connection of a sql executor', () => {
  test.each([
    ['', 'has no connection'],
    ['mysql://user:secret@host/db', 'cannot connect to a mysql: address'],
    [join(tmpdir(), 'gatehouse-nowhere', 'none.db'), 'There is no SQLite database at'],
  ])('%s is refused without a retry, and no password is shown', async (connection, says) => {
    const executor = sqlExecutor({
      name: 'shop',
      actions: 'change',
      input: z.strictObject({}),
      connection: () => connection,
      statement: () => sql`DELETE FROM users`,
    });
    const failure: unknown = await attempt(executor, {}).catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'permanent', nonRetryable: true, message: expect.stringContaining(says) });
    expect((failure as Error).message).not.toContain('secret');
  });

  test('a PostgreSQL that does not answer is tried again', async () => {
    const executor = sqlExecutor({
      name: 'shop',
      actions: 'change',
      input: z.strictObject({}),
      connection: () => 'postgres://127.0.0.1:9/db',
      statement: () => sql`DELETE FROM users`,
    });
    await expect(attempt(executor, {})).rejects.toMatchObject({ type: 'transient', nonRetryable: false });
  });
});
