import { sql, type Kysely, type Migration } from 'kysely';

/** Which questions are alike: those of one agent about the same, so that a flood of them is one line of the inbox. */
export function alike(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .alterTable('approvals')
        .addColumn('group_key', 'text', (c) => c.notNull().defaultTo(''))
        .execute();
      // A question of before is alike to none: its key is not to be had in SQL, and it is soon over.
      await sql`update approvals set group_key = id where status = 'pending'`.execute(db);
      // All that the groups of an inbox are counted by. Of what is over nobody asks, so a full record costs nothing. The
      // status stands in front although it is one: SQLite would take another index that begins with it.
      await db.schema
        .createIndex('approvals_by_group')
        .on('approvals')
        .columns(['status', 'group_key', 'requested_at', 'id', 'agent', 'risk_score', 'severity', 'answerers'])
        .where(sql<boolean>`status = 'pending'`)
        .execute();
    },
  };
}
