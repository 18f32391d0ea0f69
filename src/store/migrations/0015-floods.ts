import type { Kysely, Migration } from 'kysely';

/** Finds the questions of one agent that wait for people: they are counted before it may put another. */
export function floods(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.createIndex('approvals_by_agent').on('approvals').columns(['agent', 'status']).execute();
    },
  };
}
