import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { Sql } from './statement.ts';

/** What one statement did. */
export interface StatementOutcome {
  rowsAffected: number;
  /** What it returned (`RETURNING …`, `SELECT …`), as JSON: dates as ISO 8601, large integers as text, bytes as base64. */
  rows: JsonObject[];
}

/** An effect that happens once for its key, in one transaction with the key. */
export interface EffectPlan {
  idempotencyKey: string;
  statements: readonly Sql[];
  /** Makes the result of the outcomes. When it throws, the transaction is rolled back and nothing happened. */
  conclude(outcomes: StatementOutcome[]): Json;
  signal: AbortSignal;
  timeoutSeconds: number;
}

/** The table that remembers which effects happened. Lives in the target database, so that it commits with the effect. */
export const KEY_TABLE = 'gatehouse_idempotency';
export const CREATE_KEY_TABLE = `CREATE TABLE IF NOT EXISTS ${KEY_TABLE} (key text PRIMARY KEY, result text, at text NOT NULL)`;

/** A row of a driver as JSON. */
export function jsonRow(row: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, jsonValue(value)]));
}

function jsonValue(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value === 'object') return jsonRow(value as Record<string, unknown>);
  return typeof value === 'boolean' || typeof value === 'string' ? value : null;
}
