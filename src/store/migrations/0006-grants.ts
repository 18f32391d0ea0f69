import { sql, type Kysely, type Migration } from 'kysely';

/** Standing permissions, and what a reviewer is shown beside a question, found without reading past what is shown. */
export function grants(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('grants')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('agent', 'text', (c) => c.notNull())
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('target', 'text', (c) => c.notNull())
        .addColumn('arguments_json', 'text', (c) => c.notNull())
        .addColumn('exact', 'integer', (c) => c.notNull())
        .addColumn('rules_json', 'text', (c) => c.notNull())
        .addColumn('uses', 'integer', (c) => c.notNull())
        .addColumn('used', 'integer', (c) => c.notNull())
        .addColumn('approval_id', 'text', (c) => c.notNull().references('approvals.id'))
        .addColumn('given_by', 'text', (c) => c.notNull())
        .addColumn('given_at', 'bigint', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addColumn('revoked_by', 'text')
        .addColumn('revoked_at', 'bigint')
        .execute();
      await db.schema.createIndex('grants_newest').on('grants').columns(['given_at', 'id']).execute();
      await db.schema
        .createIndex('grants_by_action')
        .on('grants')
        .columns(['agent', 'type', 'target', 'expires_at'])
        .execute();

      // Whoever looks into a session looks into that of one agent: another's actions must not push its own out of sight.
      await db.schema.dropIndex('actions_by_session').execute();
      await db.schema
        .createIndex('actions_by_session')
        .on('actions')
        .columns(['session', 'agent', 'requested_at'])
        .execute();
      await db.schema
        .createIndex('actions_answered')
        .on('actions')
        .columns(['type', 'requested_at'])
        .where(sql<boolean>`approval_id is not null and status <> 'held'`)
        .execute();
      await db.schema
        .createIndex('approvals_denied')
        .on('approvals')
        .columns(['action_digest', 'resolved_at'])
        .where(sql.ref('status'), '=', sql.lit('denied'))
        .execute();
    },
  };
}
