import { Client } from 'pg';
import { classify, readyFor } from '../../../src/classify/index.ts';
import { actingOf } from '../../../src/classify/sql/functions/acting.ts';
import { onlyReads } from '../../../src/classify/sql/functions/reading.ts';
import type { TestDatabase } from '../../support/postgres.ts';
import { createTestDatabase, describeWithPostgres } from '../../support/postgres.ts';

const REFUSED = '25006'; // read_only_sql_transaction
const SETUP = `
  CREATE TABLE t (id int PRIMARY KEY, a text); CREATE TABLE s (id int, a text); CREATE SEQUENCE q; CREATE VIEW v AS SELECT * FROM t;
  CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE mood AS ENUM ('sad'); CREATE ROLE ann;
  CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE INDEX i ON t (a); INSERT INTO t VALUES (1, 'x')`;

/** Statements of every kind, on what the setup makes. Which of them change something the server itself says. */
const STATEMENTS = [
  ...[
    'SELECT 1',
    'SELECT * FROM t',
    'TABLE t',
    'VALUES (1)',
    'SELECT * FROM t FOR UPDATE',
    'SELECT * FROM t FOR SHARE',
  ],
  ...[
    'SELECT * FROM t FOR NO KEY UPDATE',
    'SELECT * FROM t FOR KEY SHARE',
    'SELECT * INTO u FROM t',
    'SELECT 1 INTO u UNION SELECT 2',
  ],
  ...[
    'INSERT INTO t VALUES (2)',
    'INSERT INTO t DEFAULT VALUES',
    'INSERT INTO v VALUES (3)',
    'UPDATE t SET a = 1',
    'DELETE FROM t',
  ],
  ...[
    'WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x',
    'WITH x AS (SELECT 1) DELETE FROM t',
    'EXPLAIN DELETE FROM t',
  ],
  ...[
    'WITH x AS (INSERT INTO t VALUES (9) RETURNING id) SELECT 1',
    'EXPLAIN ANALYZE DELETE FROM t',
    'EXPLAIN SELECT 1',
  ],
  ...[
    'EXPLAIN (ANALYZE, BUFFERS) INSERT INTO t VALUES (7)',
    'EXPLAIN ANALYZE CREATE TABLE u AS SELECT 1',
    'EXPLAIN ANALYZE SELECT 1',
  ],
  ...[
    'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE',
    'MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN DO NOTHING',
  ],
  ...[
    'TRUNCATE t',
    'DROP TABLE t',
    'DROP VIEW v',
    'DROP SEQUENCE q',
    'DROP FUNCTION f()',
    'DROP TYPE mood',
    'DROP INDEX i',
    'DROP ROLE ann',
  ],
  ...[
    'CREATE TABLE u (id int)',
    'CREATE TEMP TABLE u (id int)',
    'CREATE TABLE u AS SELECT 1',
    'CREATE VIEW w AS SELECT 1',
    'CREATE INDEX ON t (a)',
  ],
  ...[
    "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'CREATE SCHEMA shop',
    'CREATE SEQUENCE r',
    "CREATE TYPE hue AS ENUM ('red')",
  ],
  ...[
    'CREATE DOMAIN d AS int',
    'CREATE ROLE bob',
    'CREATE MATERIALIZED VIEW n AS SELECT 1',
    'CREATE RULE r AS ON INSERT TO t DO NOTHING',
  ],
  ...[
    'CREATE STATISTICS st ON id, a FROM t',
    'CREATE PUBLICATION p',
    'CREATE EXTENSION pgcrypto',
    'CREATE POLICY p ON t',
    "CREATE COLLATION c (locale = 'C')",
  ],
  ...[
    'ALTER TABLE t ADD COLUMN b int',
    'ALTER TABLE t RENAME TO u',
    'ALTER TABLE t OWNER TO ann',
    'ALTER ROLE ann SUPERUSER',
    "ALTER TYPE mood ADD VALUE 'ok'",
  ],
  ...[
    'ALTER SEQUENCE q RESTART',
    'ALTER FUNCTION f() STABLE',
    'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ann',
    'ALTER VIEW v RENAME TO w',
  ],
  ...[
    'GRANT SELECT ON t TO ann',
    'REVOKE SELECT ON t FROM ann',
    'GRANT ann TO gatehouse',
    "COMMENT ON TABLE t IS 'x'",
    'REASSIGN OWNED BY ann TO gatehouse',
  ],
  ...[
    'DROP OWNED BY ann',
    "SELECT nextval('q')",
    "SELECT setval('q', 5)",
    "SELECT currval('q')",
    'REFRESH MATERIALIZED VIEW m',
    'LOCK TABLE t IN EXCLUSIVE MODE',
  ],
  ...[
    "SELECT a FROM t WHERE id = (SELECT nextval('q'))",
    'COPY t TO STDOUT',
    'DO $$ BEGIN DELETE FROM t; END $$',
    'REINDEX TABLE t',
    'CLUSTER t USING i',
  ],
  ...[
    'SELECT now(), random()',
    "SELECT has_table_privilege('t', 'select')",
    'SELECT pg_size_pretty(pg_relation_size($$t$$))',
    'SHOW work_mem',
  ],
];

/** Functions of the server that may give another value each time, and still change nothing. */
const LOOKING =
  /^(pg_|random$|clock_timestamp$|timeofday$|txid_status$|gen_random_uuid$|currval$|lastval$|lo_get$|lo_tell|loread$|current_query$|\w+handler$|ts_rewrite$)/;

describeWithPostgres('against a live PostgreSQL', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('DROP ROLE IF EXISTS ann');
    await client.query(SETUP);
  });

  afterAll(async () => {
    await client.query('DROP OWNED BY ann; DROP ROLE ann');
    await client.end();
    await database.drop();
  });

  async function isRefused(statement: string): Promise<boolean> {
    await client.query('BEGIN READ ONLY');
    try {
      await client.query(statement);
      return false;
    } catch (error) {
      return (error as { code?: string }).code === REFUSED;
    } finally {
      await client.query('ROLLBACK');
    }
  }

  test('what a READ ONLY transaction refuses is never called a read', async () => {
    const refused: string[] = [];
    const wavedThrough: string[] = [];
    for (const sql of STATEMENTS) {
      const action = { type: 'query', target: 'postgres', context: { sql } };
      await readyFor(action);
      if (sql.startsWith('COPY') || !(await isRefused(sql))) continue;
      refused.push(sql);
      if (classify(action).operation === 'read') wavedThrough.push(sql);
    }
    expect(wavedThrough).toEqual([]);
    expect(refused.length).toBeGreaterThan(50);
  });

  test('no function of the server that changes between calls counts as one that only reads, but those that look', async () => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT DISTINCT proname AS name FROM pg_proc WHERE provolatile = 'v' AND pronamespace = 'pg_catalog'::regnamespace",
    );
    const trusted = rows
      .map(({ name }) => name)
      .filter((name) => actingOf(name, 'postgresql') === undefined && onlyReads(name));
    expect(rows.length).toBeGreaterThan(100);
    expect(trusted.filter((name) => !LOOKING.test(name))).toEqual([]);
    expect(
      trusted.filter((name) =>
        /_(create|drop|set|reset|write|switch|reload|terminate|cancel|promote|advance|lock)(_|$)/.test(name),
      ),
    ).toEqual(['pg_lock_status']);
  });
});
