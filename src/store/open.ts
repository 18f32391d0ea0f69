import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import { argumentsOnRecord, type ArgumentsOnRecord, type ArgumentsSettings } from '../audit/arguments/on-record.ts';
import { hearAnnouncements } from './announcements.ts';
import { Changes } from './changes.ts';
import { migrations, ping } from './migrations/index.ts';
import type { Tables } from './schema.ts';
import { keepStatements } from './statements.ts';
import { StopsInForce } from './stops-in-force.ts';

export type Db = Kysely<Tables>;

/** The open store: the queries' handle, and who is told of changes. */
export interface Store {
  readonly kind: 'sqlite' | 'postgres';
  readonly db: Db;
  readonly changes: Changes;
  /** The emergency stops that this process knows of. */
  readonly stops: StopsInForce;
  /** What this process puts on record of arguments. */
  readonly arguments: ArgumentsOnRecord;
  /** Resolves when the database answers; rejects otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** A `postgres://` URL, or the path of an SQLite file (made when absent). */
  url: string;
  /** PostgreSQL connections at most. */
  maxConnections?: number;
  /** How often changes by other processes are looked for, in milliseconds; far less often where they are announced. */
  pollMs?: number;
  /** What goes on record of arguments; all without it. */
  arguments?: ArgumentsSettings;
}

/** How long a statement waits for another process's write to the same SQLite file. */
const BUSY_MS = 5_000;

/**
 * Opens the store and brings its tables up to date. SQLite runs in WAL with `synchronous=NORMAL`: a killed process loses
 * nothing that was acknowledged; a power cut may lose the last moments, as the embedded Temporal server may too.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const isPostgres = /^postgres(ql)?:/.test(options.url);
  const kept = await argumentsOnRecord(options.arguments ?? { as: 'full', names: [] });
  const db = isPostgres ? openPostgres(options) : openSqlite(options.url);
  const migrator = new Migrator({ db, provider: migrations(isPostgres ? 'bigserial' : 'integer') });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw new Error('The store could not be brought up to date', { cause: error });
  }
  const changes = new Changes(async (ids) => {
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom('actions').select(['id', 'version']).where('id', 'in', ids).execute();
    return new Map(rows.map((row) => [row.id, row.version]));
  }, options.pollMs);
  const hearing = isPostgres ? await hearAnnouncements(options.url, changes) : undefined;
  const stops = await StopsInForce.follow(db, changes);
  return {
    kind: isPostgres ? 'postgres' : 'sqlite',
    db,
    changes,
    stops,
    arguments: kept,
    ping: () => ping(db as unknown as Kysely<never>),
    close: async () => {
      changes.close();
      await stops.close();
      await hearing?.close();
      await db.destroy();
    },
  };
}

function openPostgres(options: StoreOptions): Db {
  // Counters and times fit in a double; the driver would hand them out as strings.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    types,
  });
  // A connection that the server cuts must not end the process, idle or between two statements of a transaction: the next
  // statement fails on it, and the next query opens a new one.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

function openSqlite(file: string): Db {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const database = new Database(file);
  database.pragma(`busy_timeout = ${String(BUSY_MS)}`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepStatements(database) }) });
}
