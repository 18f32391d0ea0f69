import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { z } from 'zod';
import type { Executor, ExecutorOptions } from '../definition.ts';
import { defineExecutor } from '../definition.ts';
import { PermanentError } from '../errors.ts';
import { boundedResult } from '../result.ts';
import type { EffectPlan, StatementOutcome } from './plan.ts';
import { effectOnPostgres, readFromPostgres } from './postgres.ts';
import { effectOnSqlite, readFromSqlite } from './sqlite.ts';
import type { Sql } from './statement.ts';

export type { StatementOutcome } from './plan.ts';

/** What `sqlExecutor` takes beside what every executor has. */
export interface SqlExecutorOptions<Schema extends z.ZodType> extends Omit<
  ExecutorOptions<Schema>,
  'run' | 'preview' | 'timeoutSeconds'
> {
  /** Where the database is: a SQLite path or `sqlite:` URL, or a `postgres:` URL. Read on the worker, at each run. */
  connection: () => string | Promise<string>;
  /** The effect, made with the `sql` template. Several statements run in order, in one transaction. */
  statement: (input: z.output<Schema>) => Sql | readonly Sql[];
  /** Looks at what the statements did, before it is committed. A text says what is wrong, and everything is rolled back. */
  check?: (outcomes: readonly StatementOutcome[], input: z.output<Schema>) => string | null;
  /** The result to put on record. Default: the rows affected, and the rows returned if there are any. */
  result?: (outcomes: readonly StatementOutcome[], input: z.output<Schema>) => Json;
  /** A query for the reviewer, such as a count, run where nothing can be written. Shown as `{ rows: […] }`. */
  preview?: (input: z.output<Schema>) => Sql;
  /** In seconds. Default: 30. */
  timeoutSeconds?: number;
}

const PREVIEW_ROWS = 20;

/**
 * An executor that changes a SQLite or PostgreSQL database. The idempotency key is stored in the target database in the
 * same transaction as the effect, so that a retry returns the first attempt's result and changes nothing.
 */
export function sqlExecutor<Schema extends z.ZodType>(options: SqlExecutorOptions<Schema>): Executor {
  const { connection, statement, check, result, preview, timeoutSeconds = 30, ...rest } = options;
  const who = `The executor "${options.name}"`;
  return defineExecutor<Schema>({
    ...rest,
    timeoutSeconds,
    ...(preview && {
      preview: async (input): Promise<JsonObject> => {
        const rows = await read(await locate(connection, who), preview(input), timeoutSeconds);
        return { rows: rows.slice(0, PREVIEW_ROWS), ...(rows.length > PREVIEW_ROWS && { truncated: true }) };
      },
    }),
    run: async (input, context) => {
      const made = statement(input);
      const plan: EffectPlan = {
        idempotencyKey: context.idempotencyKey,
        statements: Array.isArray(made) ? made : [made as Sql],
        conclude: (outcomes) => {
          const wrong = check?.(outcomes, input) ?? null;
          if (wrong !== null) throw new PermanentError(`${who} was stopped: ${wrong}; nothing was changed`);
          return boundedResult(result ? result(outcomes, input) : summary(outcomes), who);
        },
        signal: context.signal,
        timeoutSeconds,
      };
      const database = await locate(connection, who);
      return database.kind === 'sqlite' ? effectOnSqlite(database.path, plan) : effectOnPostgres(database.url, plan);
    },
  });
}

function summary(outcomes: readonly StatementOutcome[]): Json {
  const rowsAffected = outcomes.reduce((sum, outcome) => sum + outcome.rowsAffected, 0);
  const rows = outcomes.flatMap((outcome) => outcome.rows);
  return {
    rowsAffected,
    ...(outcomes.length > 1 && { byStatement: outcomes.map((outcome) => outcome.rowsAffected) }),
    ...(rows.length > 0 && { rows }),
  };
}

type Place = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string };

function read(place: Place, statement: Sql, timeoutSeconds: number): Promise<JsonObject[]> {
  return place.kind === 'sqlite'
    ? readFromSqlite(place.path, statement)
    : readFromPostgres(place.url, statement, timeoutSeconds);
}

/** Errors name the scheme alone: a connection URL holds a password. */
async function locate(connection: () => string | Promise<string>, who: string): Promise<Place> {
  const where: unknown = await connection();
  if (typeof where !== 'string' || where.trim() === '') {
    throw new PermanentError(`${who} has no connection: its connection() returned nothing. Set it on the worker`);
  }
  if (/^postgres(ql)?:\/\//i.test(where)) return { kind: 'postgres', url: where };
  if (/^sqlite:/i.test(where)) return { kind: 'sqlite', path: where.replace(/^sqlite:(\/\/(?=\/))?/i, '') };
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(where)?.[1];
  if (scheme !== undefined) {
    throw new PermanentError(`${who} cannot connect to a ${scheme}: address: use a file path, sqlite: or postgres:`);
  }
  return { kind: 'sqlite', path: where };
}
