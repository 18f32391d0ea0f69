import { sql, type Kysely, type Migration } from 'kysely';

/** Emergency stops, what each has met, and the version that every decision is written under. */
export function stops(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('stops')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('scope', 'text', (c) => c.notNull())
        .addColumn('value', 'text')
        .addColumn('reason', 'text', (c) => c.notNull())
        .addColumn('thrown_by', 'text', (c) => c.notNull())
        .addColumn('thrown_at', 'bigint', (c) => c.notNull())
        .addColumn('lifted_by', 'text')
        .addColumn('lifted_at', 'bigint')
        .addColumn('lift_reason', 'text')
        .addColumn('carried_out_at', 'bigint')
        .execute();
      await db.schema.createIndex('stops_newest').on('stops').columns(['thrown_at', 'id']).execute();
      await db.schema
        .createIndex('stops_in_force')
        .on('stops')
        .column('thrown_at')
        .where(sql.ref('lifted_at'), 'is', null)
        .execute();

      await db.schema
        .createTable('stopped_actions')
        .addColumn('stop_id', 'text', (c) => c.notNull().references('stops.id'))
        .addColumn('action_id', 'text', (c) => c.notNull().references('actions.id'))
        .addColumn('was', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('stopped_actions_once', ['stop_id', 'action_id'])
        .execute();
      await db.schema.createIndex('stopped_actions_by_action').on('stopped_actions').column('action_id').execute();

      await db.schema
        .createTable('switchboard')
        .addColumn('id', 'integer', (c) => c.primaryKey())
        .addColumn('version', 'bigint', (c) => c.notNull())
        .execute();
      await sql`insert into switchboard (id, version) values (1, 0)`.execute(db);
    },
  };
}
