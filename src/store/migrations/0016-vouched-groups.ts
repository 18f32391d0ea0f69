import type { Kysely, Migration } from 'kysely';

/** What the provider said of somebody last, for where they have no session; and what old messages are found by. */
export function vouchedGroups(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('people').addColumn('groups_json', 'text').execute();
      await db.schema.alterTable('people').addColumn('groups_at', 'bigint').execute();

      await db.schema.createIndex('notices_routed').on('notices').column('routed_at').execute();
      const index = (name: string, column: string) =>
        db.schema.createIndex(`notice_deliveries_${name}`).on('notice_deliveries').column(column);
      await index('by_notice', 'notice_id').execute();
      await index('by_change', 'changed_at').execute();
    },
  };
}
