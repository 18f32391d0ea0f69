import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqliteDatabase } from 'kysely';
import Database from 'libsql';
import { keepStatements } from '../../src/store/statements.ts';

let folder: string;
let raw: Database.Database;
let database: SqliteDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  raw = new Database(join(folder, 'some.db'));
  raw.pragma('journal_mode = WAL');
  raw.exec('create table words (id text primary key, n integer)');
  database = keepStatements(raw);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const INSERT = 'insert into words (id, n) values (?, ?)';
const ALL = 'select id, n from words order by n';

it('prepares a statement once, and gives it other values each time', () => {
  expect(database.prepare(INSERT)).toBe(database.prepare(INSERT));
  for (const [n, id] of ['one', 'two'].entries()) database.prepare(INSERT).run([id, n]);
  expect(database.prepare(ALL).all([])).toEqual([
    { id: 'one', n: 0 },
    { id: 'two', n: 1 },
  ]);
});

it('goes on with a statement that has failed', () => {
  database.prepare(INSERT).run(['one', 1]);
  expect(() => database.prepare(INSERT).run(['one', 2])).toThrow('UNIQUE');
  expect(database.prepare(INSERT).run(['two', 2])).toMatchObject({ changes: 1 });
});

it('hands out rows one by one while the same query runs again', () => {
  for (let n = 0; n < 250; n += 1) database.prepare(INSERT).run([`word ${String(n)}`, n]);
  const seen: unknown[] = [];
  for (const row of database.prepare(ALL).iterate([])) {
    seen.push(row);
    expect(database.prepare(ALL).all([])).toHaveLength(250);
  }
  expect(seen).toHaveLength(250);
});

it('sees a table as another process has changed it', () => {
  const everything = 'select * from words';
  database.prepare(INSERT).run(['one', 1]);
  expect(database.prepare(everything).all([])).toEqual([{ id: 'one', n: 1 }]);
  const other = new Database(join(folder, 'some.db'));
  other.exec("alter table words add column said text default 'yes'");
  other.close();
  expect(database.prepare(everything).all([])).toEqual([{ id: 'one', n: 1, said: 'yes' }]);
});

it('leaves no read open that would keep the log of another process from being emptied', () => {
  database.prepare(INSERT).run(['one', 1]);
  database.prepare(`${ALL} limit 1`).all([]);
  const other = new Database(join(folder, 'some.db'));
  expect(other.pragma('wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0, log: 0 }]);
  other.close();
});

it('forgets the oldest where there are too many', () => {
  const first = database.prepare(ALL);
  for (let n = 0; n < 500; n += 1) database.prepare(`select ${String(n)} as n`).all([]);
  expect(database.prepare(ALL)).not.toBe(first);
});
