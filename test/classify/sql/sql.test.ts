import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Classification, JsonObject } from '@gatehouse/sdk/contract';
import type { ClassifiedAction } from '../../../src/classify/index.ts';
import { classify, readyFor } from '../../../src/classify/index.ts';
import { hostileSql } from './hostile.ts';

type Row = [sql: string, expected: string];
const tables = parse(readFileSync(join(__dirname, 'statements.yaml'), 'utf8')) as Record<string, Row[]>;

async function classOf(context: JsonObject, more: Partial<ClassifiedAction> = {}): Promise<Classification> {
  const action = { type: 'execute_sql', target: 'db', context, ...more };
  await readyFor(action);
  return classify(action);
}

function facts({ operation, destructive, external, reach, reversible }: Classification): Record<string, boolean> {
  const of = { [operation]: true, destructive, external, irreversible: !reversible };
  return { ...of, all: reach === 'all', many: reach === 'many', one: reach === 'one' };
}

describe.each(Object.entries(tables))('SQL: %s', (dialect, rows) => {
  test.each(rows)('%s is %s', async (sql, expected) => {
    const found = facts(await classOf({ sql }, { target: `${dialect.replace('nothing said', 'shop')}_db` }));
    const words = expected.split(' ');
    for (const word of words) expect([word, found[word]]).toEqual([word, true]);
    expect(['destructive', found['destructive']]).toEqual(['destructive', words.includes('destructive')]);
    expect(['external', found['external']]).toEqual(['external', words.includes('external')]);
  });
});

test('a plain SELECT settles as a read beyond doubt, with the tables that it reads', async () => {
  const { operation, confidence, targetKind, evidence } = await classOf({
    sql: 'SELECT * FROM orders JOIN items USING (id)',
  });
  expect([operation, confidence, targetKind]).toEqual(['read', 'high', 'database']);
  expect(evidence).toContainEqual({ part: 'context.sql', says: 'it reads orders, items' });
});

test.each([
  ['', "SELECT '😀 é'; DROP TABLE users", 'DROP TABLE users'],
  ['', 'SELECT 1, /* é */ pg_terminate_backend(5)', 'pg_terminate_backend'],
  ['', '-- first\nDELETE FROM t -- all of it', 'DELETE FROM t -- all of it'],
  ['mysql', "SELECT '😀';\n DROP TABLE users;", 'DROP TABLE users'],
  ['mysql', "SELECT '😀', sleep(5)", 'sleep'],
])('the evidence names the place in the text (%s): %s', async (dialect, sql, expected) => {
  const { evidence } = await classOf({ sql }, { target: `${dialect}_db` });
  const at = evidence[0]?.at;
  expect(sql.slice(at?.start, at?.end)).toBe(expected);
});

test('what cannot be read is in the strictest class, and the evidence says where the reading stopped', async () => {
  const { operation, destructive, reversible, evidence } = await classOf({ sql: 'SELECT a FROM t WHERE )' });
  expect([operation, destructive, reversible]).toEqual(['execute', true, false]);
  expect(evidence.find(({ says }) => says.includes('cannot be read'))).toMatchObject({ at: { start: 22, end: 23 } });
});

test('tables and columns with sensitive names show', async () => {
  expect((await classOf({ sql: 'SELECT name, ssn FROM people' })).sensitivity).toEqual(['personal']);
  expect((await classOf({ sql: 'SELECT * FROM api_keys WHERE password = 1' })).sensitivity).toEqual(['secrets']);
});

test.each<[string, JsonObject, string]>([
  ['in the arguments', { statements: ['SELECT 1', 'DROP TABLE a'] }, 'delete'],
  ['deep in the arguments', { steps: [{ sql: 'DELETE FROM a' }] }, 'delete'],
  ['in a query', { query: '/* x */ DELETE FROM a' }, 'delete'],
  ['in a text that reads like it', { input: 'DROP TABLE a' }, 'delete'],
  ['in any case of its key', { sqlQuery: 'DROP TABLE a' }, 'delete'],
])('SQL is found %s', async (_, context, expected) => {
  expect((await classOf(context, { type: 'get_report' })).operation).toBe(expected);
});

test('SQL is found where the schema of the tool says so', async () => {
  const inputSchema = { type: 'object', properties: { text: { type: 'string', description: 'The SQL to run' } } };
  const tool = { name: 'run', inputSchema };
  expect((await classOf({ text: 'VACUUM t' }, { type: 'run', tool })).operation).toBe('write');
  expect((await classOf({ text: 'tidy up' }, { type: 'run', tool })).operation).toBe('execute');
});

test('a sentence is no SQL', async () => {
  const say = { type: 'get_answer', target: 'shop' };
  expect((await classOf({ text: 'Select the best of them, then update me.' }, say)).operation).toBe('read');
  expect((await classOf({ note: 'drop me a line' }, say)).operation).toBe('read');
});

test('a statement beside a command, or in a note, vouches for nothing else', async () => {
  expect((await classOf({ sql: 'SELECT 1', command: 'frob' })).operation).toBe('execute');
  expect((await classOf({ source: 'frob()', note: 'SELECT a FROM t' }, { type: 'execute' })).operation).toBe('execute');
});

test('a dialect that the agent claims lowers nothing that the name of the target says', async () => {
  const sql = "SELECT '\\''; DROP TABLE users; -- '";
  expect((await classOf({ sql, dialect: 'postgresql' }, { target: 'mysql_orders' })).operation).toBe('delete');
});

test('a function that nobody knows is a doubt', async () => {
  expect(await classOf({ sql: 'SELECT distance_to_shop(1)' })).toMatchObject({ operation: 'read', confidence: 'low' });
});

test('many statements are read to the last', async () => {
  expect((await classOf({ sql: `${'UPDATE t SET a = 1 WHERE id = 1;'.repeat(150)} DROP TABLE t` })).operation).toBe(
    'delete',
  );
});

test.each([
  '(',
  '[',
  '1+',
  'NOT ',
  'a.',
  'f(',
  'CASE WHEN ',
  '/*',
  "'",
  ';',
  ',',
  '\0',
  '\ud800',
  'SELECT 1;',
  '"',
  '\\',
])('a megabyte of %j is not read, and says so', async (unit) => {
  const sql = `SELECT ${unit.repeat(1_000_000 / unit.length)}`;
  const { operation, destructive } = await classOf({ sql });
  expect([operation, destructive]).toEqual(['execute', true]);
});

test('hostile texts never throw, and leave the parsers alive', async () => {
  for (const sql of hostileSql(1)) await classOf({ sql });
  for (const target of ['postgres', 'mysql']) {
    expect((await classOf({ sql: 'SELECT 1' }, { target })).operation).toBe('read');
  }
});
