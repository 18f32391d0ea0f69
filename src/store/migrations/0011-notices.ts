import { sql, type Kysely, type Migration } from 'kysely';

/** What people are to hear of, written with the entry that it is about, and how far each message has come. */
export function notices(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('notices')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('action_id', 'text', (c) => c.notNull())
        .addColumn('approval_id', 'text')
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('actor', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('data_json', 'text', (c) => c.notNull())
        .addColumn('routed_at', 'bigint')
        .execute();
      await db.schema
        .createIndex('notices_unrouted')
        .on('notices')
        .columns(['at', 'id'])
        .where(sql<boolean>`routed_at is null`)
        .execute();

      await db.schema
        .createTable('notice_deliveries')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('notice_id', 'text', (c) => c.references('notices.id'))
        .addColumn('action_id', 'text')
        .addColumn('approval_id', 'text')
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('channel_kind', 'text', (c) => c.notNull())
        .addColumn('recipient', 'text')
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
        .addColumn('last_error', 'text')
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('changed_at', 'bigint', (c) => c.notNull())
        .addColumn('due_at', 'bigint')
        .addColumn('digest_id', 'text')
        .addColumn('started', 'integer', (c) => c.notNull().defaultTo(0))
        .addColumn('receipt_json', 'text')
        .execute();
      const index = (name: string, columns: string[]) =>
        db.schema.createIndex(`notice_deliveries_${name}`).on('notice_deliveries').columns(columns);
      await index('newest', ['created_at', 'id']).execute();
      await index('by_action', ['action_id', 'created_at']).execute();
      await index('by_approval', ['approval_id', 'channel']).execute();
      await index('by_channel', ['channel', 'created_at']).execute();
      await index('by_digest', ['digest_id']).execute();
      await index('to_start', ['created_at'])
        .where(sql<boolean>`state = 'waiting' and started = 0`)
        .execute();
      await index('gathered', ['channel', 'due_at'])
        .where(sql<boolean>`state = 'gathered'`)
        .execute();

      await db.schema
        .createTable('notice_channels')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('kind', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('seen_signatures')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .execute();
    },
  };
}
