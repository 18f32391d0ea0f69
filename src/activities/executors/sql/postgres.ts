import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import pg from 'pg';
import { PermanentError, TransientError } from '../errors.ts';
import type { EffectPlan, StatementOutcome } from './plan.ts';
import { CREATE_KEY_TABLE, jsonRow, KEY_TABLE } from './plan.ts';
import type { Sql, SqlValue } from './statement.ts';
import { bind } from './statement.ts';

/**
 * Runs the plan on PostgreSQL, or returns the stored result when its key is there. The key goes in first: whoever comes
 * second with the same key waits for the first to commit, and then finds its result.
 * INVARIANT: F25 the key is written in the transaction of the effect, so a retry after the effect has one effect.
 */
export async function effectOnPostgres(url: string, plan: EffectPlan): Promise<Json> {
  return withClient(url, plan.timeoutSeconds, async (client) => {
    await createKeyTable(client);
    plan.signal.throwIfAborted();
    await client.query('BEGIN');
    const { rowCount } = await client.query(
      `INSERT INTO ${KEY_TABLE} (key, at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`,
      [plan.idempotencyKey, new Date().toISOString()],
    );
    if (rowCount === 0) {
      const known = await client.query<{ result: string }>(`SELECT result FROM ${KEY_TABLE} WHERE key = $1`, [
        plan.idempotencyKey,
      ]);
      await client.query('ROLLBACK');
      return JSON.parse(known.rows[0]?.result ?? 'null') as Json;
    }
    const outcomes: StatementOutcome[] = [];
    for (const statement of plan.statements) {
      plan.signal.throwIfAborted();
      outcomes.push(await run(client, statement));
    }
    const result = plan.conclude(outcomes);
    await client.query(`UPDATE ${KEY_TABLE} SET result = $2 WHERE key = $1`, [
      plan.idempotencyKey,
      JSON.stringify(result),
    ]);
    plan.signal.throwIfAborted();
    await client.query('COMMIT');
    return result;
  });
}

/** The rows of a statement, run in a read-only transaction. */
export async function readFromPostgres(url: string, statement: Sql, timeoutSeconds: number): Promise<JsonObject[]> {
  return withClient(url, timeoutSeconds, async (client) => {
    await client.query('BEGIN READ ONLY');
    const { rows } = await run(client, statement);
    await client.query('ROLLBACK');
    return rows;
  });
}

/** One connection a run: closing it ends whatever transaction is open, on every way out. */
async function withClient<T>(url: string, timeoutSeconds: number, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const milliseconds = Math.ceil(timeoutSeconds * 1000);
  try {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'gatehouse-executor',
      connectionTimeoutMillis: Math.min(10_000, milliseconds),
      statement_timeout: milliseconds,
      idle_in_transaction_session_timeout: milliseconds,
    });
    // A connection lost between two queries is reported here; the next query fails with it.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await use(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    throw describe(error);
  }
}

async function createKeyTable(client: pg.Client): Promise<void> {
  const known = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [KEY_TABLE]);
  if (known.rows[0]?.found) return;
  try {
    await client.query(CREATE_KEY_TABLE);
  } catch (error) {
    // Two that create it at once: the second meets the first's table, its row type, or the entry of either in the catalogue.
    if (!['23505', '42P07', '42710'].includes(codeOf(error))) throw error;
  }
}

async function run(client: pg.Client, statement: Sql): Promise<StatementOutcome> {
  const { sql, parameters } = bind(statement, 'postgres');
  // The extended protocol takes exactly one statement, also where nothing is bound.
  const query: pg.QueryConfig & { queryMode: 'extended' } = {
    text: sql,
    values: parameters.map(driverValue),
    queryMode: 'extended',
  };
  const { rowCount, rows, command } = await client.query<Record<string, unknown>>(query);
  return { rowsAffected: command === 'SELECT' ? 0 : (rowCount ?? 0), rows: rows.map(jsonRow) };
}

function driverValue(value: SqlValue): string | number | boolean | Buffer | null {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Data, syntax, rights and constraints stay wrong however often they are tried; the rest may pass. */
function describe(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const message = `PostgreSQL refused: ${error.message} (${error.code ?? 'no code'})`;
  const permanent = /^(0A|2[1-8]|2[BDF]|3[49BDF]|42|44|28)/.test(error.code ?? '');
  return permanent ? new PermanentError(message, { cause: error }) : new TransientError(message, { cause: error });
}
