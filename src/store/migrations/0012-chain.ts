import { sql, type Kysely, type Migration } from 'kysely';
import type { SerialType } from './index.ts';
import { keepPostgresRecord, keepSqliteRecord } from './record-keepers.ts';

/** The place of each entry in the chain, the head of the chain, and its signed checkpoints. */
export function chain(serial: SerialType): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('events').addColumn('place', 'bigint').execute();
      await db.schema.alterTable('events').addColumn('salt', 'text').execute();
      await db.schema.alterTable('events').addColumn('data_digest', 'text').execute();
      await db.schema.alterTable('events').addColumn('hash', 'text').execute();
      // An entry that is written costs one small index more; the others take it in when it is sealed, off the hot path.
      await sql`create index events_unsealed on events (seq) where place is null`.execute(db);
      await sql`create unique index events_place on events (place) where place is not null`.execute(db);
      await sql`create index events_by_kind on events (kind, place) where place is not null`.execute(db);
      await sql`create index events_by_time on events (at, place) where place is not null`.execute(db);

      await db.schema
        .createTable('chain_head')
        .addColumn('id', 'integer', (c) => c.primaryKey())
        .addColumn('size', 'bigint', (c) => c.notNull())
        .addColumn('hash', 'text', (c) => c.notNull())
        .execute();
      await sql`insert into chain_head (id, size, hash) values (1, 0, ${'0'.repeat(64)})`.execute(db);
      await db.schema
        .createTable('checkpoints')
        .addColumn('size', 'bigint', (c) => c.primaryKey())
        .addColumn('hash', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('key_id', 'text', (c) => c.notNull())
        .addColumn('signature', 'text', (c) => c.notNull())
        .addColumn('delivered_at', 'bigint')
        .execute();
      await db.schema
        .createTable('checkpoint_keys')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('public_key', 'text', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .execute();
      await (serial === 'bigserial' ? keepPostgresRecord(db) : keepSqliteRecord(db));
    },
  };
}
