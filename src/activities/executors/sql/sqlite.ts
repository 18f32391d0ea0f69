import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import Database from 'libsql';
import { PermanentError, TransientError } from '../errors.ts';
import type { EffectPlan, StatementOutcome } from './plan.ts';
import { CREATE_KEY_TABLE, jsonRow, KEY_TABLE } from './plan.ts';
import type { Sql, SqlValue } from './statement.ts';
import { bind } from './statement.ts';

type Connection = InstanceType<typeof Database>;

/** How long to let another writer finish before asking again, in milliseconds. The driver itself would block the process. */
const BUSY_PAUSE = 20;

/**
 * Runs the plan on a SQLite file, or returns the stored result when its key is there.
 * INVARIANT: F25 the key is written in the transaction of the effect, so a retry after the effect has one effect.
 */
export async function effectOnSqlite(path: string, plan: EffectPlan): Promise<Json> {
  return withConnection(path, async (db) => {
    db.exec('PRAGMA foreign_keys = ON');
    await beginImmediate(db, plan.signal);
    try {
      db.exec(CREATE_KEY_TABLE);
      const known = run(db, `SELECT result FROM ${KEY_TABLE} WHERE key = ?`, [plan.idempotencyKey]).rows[0];
      if (known) {
        db.exec('ROLLBACK');
        return JSON.parse(known.result as string) as Json;
      }
      const result = plan.conclude(plan.statements.map((statement) => runBound(db, statement)));
      const stored: SqlValue[] = [plan.idempotencyKey, JSON.stringify(result), new Date()];
      run(db, `INSERT INTO ${KEY_TABLE} (key, result, at) VALUES (?, ?, ?)`, stored);
      plan.signal.throwIfAborted();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  });
}

/** The rows of a statement, run where nothing can be written. */
export async function readFromSqlite(path: string, statement: Sql): Promise<JsonObject[]> {
  return withConnection(path, (db) => {
    // The driver takes no read-only option, so the connection itself is told to refuse every write.
    db.exec('PRAGMA query_only = ON');
    return runBound(db, statement).rows;
  });
}

async function withConnection<T>(path: string, use: (db: Connection) => T | Promise<T>): Promise<T> {
  if (!existsSync(path))
    throw new PermanentError(`There is no SQLite database at ${path}: check the executor's connection`);
  try {
    const db = new Database(path);
    try {
      return await use(db);
    } finally {
      db.close();
    }
  } catch (error) {
    throw describe(error);
  }
}

async function beginImmediate(db: Connection, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      db.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY')) throw error;
    }
    await pause(BUSY_PAUSE, undefined, { signal });
  }
}

function runBound(db: Connection, statement: Sql): StatementOutcome {
  const { sql, parameters } = bind(statement, 'sqlite');
  return run(db, sql, parameters);
}

function run(db: Connection, text: string, parameters: readonly SqlValue[]): StatementOutcome {
  const statement = db.prepare(text).safeIntegers(true);
  const values = parameters.map(driverValue);
  if (!statement.reader) return { rowsAffected: statement.run(values).changes, rows: [] };
  const rows = statement.all(values) as Record<string, unknown>[];
  const writes = !/^\s*(select|values|with\b(?![\s\S]*\b(insert|update|delete)\b)|explain)\b/i.test(text);
  return { rowsAffected: writes ? rows.length : 0, rows: rows.map(jsonRow) };
}

/** The driver aborts the process on a boolean, and binds every number as a real. */
function driverValue(value: SqlValue): string | number | bigint | Buffer | null {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (value instanceof Date) return value.toISOString();
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

function describe(error: unknown): unknown {
  const code = codeOf(error);
  if (!(error instanceof Error) || !code.startsWith('SQLITE_')) return error;
  const message = `SQLite refused: ${error.message} (${code})`;
  const passing = /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|PROTOCOL|NOMEM|INTERRUPT)/.test(code);
  return passing ? new TransientError(message, { cause: error }) : new PermanentError(message, { cause: error });
}
