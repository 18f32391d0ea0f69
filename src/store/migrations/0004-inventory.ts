import { sql, type Kysely, type Migration } from 'kysely';
import type { SerialType } from './index.ts';

/** What agents are able to do, where it is known from, who has looked at it, and which actions used it. */
export function inventory(serial: SerialType): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('inventory_sources')
        .addColumn('server', 'text', (c) => c.primaryKey())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('location', 'text', (c) => c.notNull())
        .addColumn('version', 'text')
        .addColumn('imported_at', 'bigint', (c) => c.notNull())
        .addColumn('imported_by', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('tool_definitions')
        .addColumn('digest', 'text', (c) => c.primaryKey())
        .addColumn('tool_json', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('capabilities')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('server', 'text', (c) => c.notNull().references('inventory_sources.server'))
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('digest', 'text', (c) => c.notNull().references('tool_definitions.digest'))
        .addColumn('baseline_digest', 'text', (c) => c.notNull().references('tool_definitions.digest'))
        .addColumn('first_seen_at', 'bigint', (c) => c.notNull())
        .addColumn('last_seen_at', 'bigint', (c) => c.notNull())
        .addColumn('gone_at', 'bigint')
        .addColumn('accepted_at', 'bigint')
        .addColumn('accepted_by', 'text')
        .addColumn('accept_reason', 'text')
        .execute();
      await db.schema.createIndex('capabilities_by_server').on('capabilities').columns(['server', 'name']).execute();
      await db.schema
        .createTable('inventory_events')
        .addColumn('seq', serial, (c) => (serial === 'integer' ? c.primaryKey().autoIncrement() : c.primaryKey()))
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('server', 'text', (c) => c.notNull())
        .addColumn('actor', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('data_json', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex('inventory_events_by_server')
        .on('inventory_events')
        .columns(['server', 'seq'])
        .execute();

      await db.schema.alterTable('actions').addColumn('capability', 'text').execute();
      // Actions of before called no tool that is known; short ones alone, for an index holds no long ones.
      const id = sql<string>`replace(replace(target, '%', '%25'), '/', '%2F') || '/' || type`;
      await sql`update actions set capability = ${id} where length(target) <= 200`.execute(db);
      const columns = ['capability', 'status', 'requested_at'];
      await db.schema.createIndex('actions_by_capability').on('actions').columns(columns).execute();
    },
  };
}
