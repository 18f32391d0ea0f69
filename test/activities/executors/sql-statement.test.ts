import { bind, sql } from '../../../src/activities/executors/sql/statement.ts';

describe('the sql template', () => {
  test('every interpolation is a bound parameter, in both dialects', () => {
    const hostile = "1'; DROP TABLE users; --";
    const statement = sql`DELETE FROM users WHERE name = ${hostile} AND age < ${3}`;
    expect(bind(statement, 'sqlite')).toEqual({
      sql: 'DELETE FROM users WHERE name = ? AND age < ?',
      parameters: [hostile, 3],
    });
    expect(bind(statement, 'postgres').sql).toBe('DELETE FROM users WHERE name = $1 AND age < $2');
  });

  test('pieces keep their parameters, lists are bound one by one, identifiers are declared', () => {
    const where = sql`last_seen < ${'2024'}`;
    const table = sql.id('users', ['users', 'orders']);
    const { sql: text, parameters } = bind(
      sql`DELETE FROM ${table} WHERE ${where} AND id IN (${sql.list([1, 2])})`,
      'postgres',
    );
    expect(text.replace(/\s+/g, ' ')).toBe('DELETE FROM "users" WHERE last_seen < $1 AND id IN ( $2, $3 )');
    expect(parameters).toEqual(['2024', 1, 2]);
    expect(() => sql.id('users; --', ['users'])).toThrow('is not a declared identifier: it must be one of users');
    expect(() => sql.list([])).toThrow('at least one value');
  });

  test('two pieces side by side never make a comment', () => {
    expect(bind(sql`SELECT 1 -${sql`-`} 2`, 'sqlite').sql).not.toContain('--');
  });

  test('text is never taken for a statement', () => {
    const misused = sql as unknown as (text: string) => unknown;
    expect(() => misused('DELETE FROM users')).toThrow('sql is a template tag');
    expect(() => bind('DELETE FROM users', 'sqlite')).toThrow('text is not taken');
    expect(() => bind({ sql: 'DELETE FROM users', parameters: [] }, 'sqlite')).toThrow('text is not taken');
  });

  test.each([
    ['inside a string', () => sql`SELECT '${'x'}'`, 'number 1 stands in a string literal'],
    ['inside an identifier', () => sql`SELECT "${'x'}"`, 'stands in a quoted identifier'],
    ['inside a comment', () => sql`SELECT 1 -- ${'x'}`, 'stands in a line comment'],
    ['an open comment', () => sql`SELECT 1 -- end`, 'a line comment is not closed'],
    ['two statements', () => sql`DELETE FROM a; DELETE FROM b`, 'there is a semicolon'],
    ['a placeholder', () => sql`SELECT $1`, '$1 is a placeholder'],
    ['dollar quotes', () => sql`SELECT $$x$$`, 'dollar-quoted'],
    ['escape strings', () => sql`SELECT E'a\\'' || ${'x'}`, "E'…' strings"],
    ['an array', () => sql`SELECT ${[1] as unknown as number}`, 'use sql.list'],
    ['undefined', () => sql`SELECT ${undefined as unknown as null}`, 'is undefined'],
    ['an object', () => sql`SELECT ${{} as unknown as null}`, 'is an object'],
    ['not a number', () => sql`SELECT ${Number.NaN}`, 'only finite numbers'],
    ['a huge integer', () => sql`SELECT ${2n ** 70n}`, 'does not fit in 64 bits'],
  ])('%s is refused with the place and the fix', (_, build, says) => {
    expect(build).toThrow(says);
  });

  test('quotes, comments and casts that hold no interpolation are left alone', () => {
    const statement = sql`SELECT 'it''s; ? $1', "a;b" /* ; */, ${1}::int -- fine;
      FROM t`;
    expect(bind(statement, 'postgres').parameters).toEqual([1]);
    expect(bind(statement, 'sqlite').parameters).toEqual([1]);
  });

  test('placeholders of SQLite are refused there, because it binds null to those left over', () => {
    expect(() => bind(sql`SELECT ? + ${1}`, 'sqlite')).toThrow('? is a placeholder in SQLite');
    expect(() => bind(sql`SELECT :name`, 'sqlite')).toThrow(':name is a placeholder in SQLite');
  });

  test('a statement cannot end the transaction that it runs in', () => {
    expect(() => bind(sql`COMMIT`, 'postgres')).toThrow('cannot begin, end or leave it');
    expect(() => bind(sql` rollback`, 'sqlite')).toThrow('cannot begin, end or leave it');
  });
});
