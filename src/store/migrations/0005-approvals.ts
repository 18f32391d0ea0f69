import { sql, type Kysely, type Migration } from 'kysely';

/** How far a question has come, who may answer it, what runs where a reviewer edited it, and the groups of people. */
export function approvals(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      // One column a statement: SQLite adds no more at once.
      for (const name of ['round_json', 'preview_json', 'second_look_json', 'edited_json']) {
        await db.schema.alterTable('approvals').addColumn(name, 'text').execute();
      }
      await db.schema
        .alterTable('approvals')
        .addColumn('answerers', 'text', (c) => c.notNull().defaultTo('|any|'))
        .execute();
      await db.schema
        .alterTable('approvals')
        .addColumn('break_glass', 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
      await db.schema
        .alterTable('approvals')
        .addColumn('risk_score', 'double precision', (c) => c.notNull().defaultTo(0))
        .execute();
      await db.schema
        .alterTable('approvals')
        .addColumn('severity', 'text', (c) => c.notNull().defaultTo('low'))
        .execute();
      // Of questions of before, the risk of the action is that of the question but for drift.
      const ofAction = (column: string) =>
        sql`(select ${sql.ref(column)} from actions where actions.id = approvals.action_id)`;
      await sql`update approvals set risk_score = ${ofAction('risk_score')}, severity = ${ofAction('severity')}`.execute(
        db,
      );
      for (const name of ['run_context_json', 'run_digest', 'edit_json']) {
        await db.schema.alterTable('actions').addColumn(name, 'text').execute();
      }
      await db.schema.alterTable('actions').addColumn('opens_at', 'bigint').execute();
      await db.schema.alterTable('keys').addColumn('groups_json', 'text').execute();

      const inbox = ['status', 'requested_at', 'id'];
      await db.schema.dropIndex('approvals_by_status').execute();
      await db.schema.createIndex('approvals_by_status').on('approvals').columns(inbox).execute();
      const riskiest = ['status', 'risk_score', 'requested_at', 'id'];
      await db.schema.createIndex('approvals_by_risk').on('approvals').columns(riskiest).execute();
      await db.schema
        .createIndex('approvals_without_second_look')
        .on('approvals')
        .columns(['requested_at', 'id'])
        .where(sql<boolean>`break_glass = 1 and second_look_json is null`)
        .execute();
    },
  };
}
