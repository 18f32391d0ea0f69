import type { Kysely, Migration } from 'kysely';

/** What rules may look at beside the call itself: the tool, the session, labels, and what is known of who asks. */
export function facts(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      // One column a statement: SQLite adds no more at once.
      for (const name of ['tool_json', 'session', 'tags_json', 'asker_json']) {
        await db.schema.alterTable('actions').addColumn(name, 'text').execute();
      }
      await db.schema.createIndex('actions_by_session').on('actions').columns(['session', 'requested_at']).execute();
      for (const name of ['team', 'tags_json']) await db.schema.alterTable('keys').addColumn(name, 'text').execute();
    },
  };
}
