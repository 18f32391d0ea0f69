import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type Database from 'libsql';

/** More than the gate has queries; lists with changing numbers of values can make more. */
const MOST_KEPT = 500;

/**
 * The database with its statements prepared once each, which is a third of what a small query costs. Rows that are handed out one
 * by one come from a statement of their own: one that is kept could be run again in their midst.
 */
export function keepStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => void database.close(),
    prepare: (sql) => {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement = toStatement(database, sql);
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
      kept.set(sql, statement);
      return statement;
    },
  };
}

function toStatement(database: Database.Database, sql: string): SqliteStatement {
  const prepared = database.prepare(sql);
  return {
    reader: prepared.reader,
    all: (parameters) => prepared.all(parameters),
    run: (parameters) => prepared.run(parameters),
    iterate: (parameters) => database.prepare(sql).iterate(parameters),
  };
}
