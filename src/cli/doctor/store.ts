import { existsSync } from 'node:fs';
import Database from 'libsql';
import pg from 'pg';
import type { StoreTarget } from '../../settings.ts';
import { migrations } from '../../store/migrations/index.ts';
import type { Check } from './check.ts';
import { caution, fail, ok, reasonOf } from './check.ts';

const CONNECT_MS = 5_000;
const UNDEFINED_TABLE = '42P01';
const APPLIED = 'select name from kysely_migration order by name';

/** Whether the store opens and has the tables of this version. Reads only: nothing is made and nothing is migrated. */
export async function checkStore(target: StoreTarget): Promise<Check> {
  const where = target.kind === 'sqlite' ? target.file : 'PostgreSQL of DATABASE_URL';
  if (target.kind === 'sqlite' && !existsSync(target.file)) {
    return caution('store', `${where} is not there yet`, 'The first start makes it.');
  }
  let applied: string[];
  try {
    applied = target.kind === 'sqlite' ? sqliteApplied(target.file) : await postgresApplied(target.url);
  } catch (error) {
    const fix =
      target.kind === 'sqlite'
        ? 'Check that this user may read it and that it is a database of Gatehouse.'
        : 'Check that the server runs and that DATABASE_URL has its host, user, password and database.';
    return fail('store', `${where} cannot be read (${reasonOf(error)})`, fix);
  }
  return compare(where, applied, Object.keys(await migrations('integer').getMigrations()));
}

function compare(where: string, applied: readonly string[], known: readonly string[]): Check {
  const missing = known.filter((name) => !applied.includes(name));
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0) {
    return fail(
      'store',
      `${where} is of a newer version (${newer.join(', ')})`,
      'Run the version that wrote it, or a newer one.',
    );
  }
  if (missing.length > 0)
    return caution('store', `${where} lacks ${missing.join(', ')}`, 'The next start brings it up to date.');
  return ok('store', `${where}, ${applied.length} of ${known.length} migrations applied`);
}

function sqliteApplied(file: string): string[] {
  const database = new Database(file, { readonly: true });
  try {
    const [table] = database.prepare("select name from sqlite_master where name = 'kysely_migration'").all();
    return table === undefined ? [] : namesOf(database.prepare(APPLIED).all());
  } finally {
    database.close();
  }
}

async function postgresApplied(url: string): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
  });
  try {
    await client.connect();
    return namesOf((await client.query(APPLIED)).rows);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return [];
    throw error;
  } finally {
    await client.end();
  }
}

function namesOf(rows: readonly unknown[]): string[] {
  return rows.flatMap((row) =>
    typeof row === 'object' && row !== null && 'name' in row && typeof row.name === 'string' ? [row.name] : [],
  );
}
