import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** What actions take from budgets, what is kept of them for rules about later ones, and which policy was in force when. */
export function budgets(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('actions').addColumn('traits_json', 'text').execute();
      await db.schema
        .alterTable('actions')
        .addColumn('reserved', 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
      await db.schema
        .createIndex('actions_without_session')
        .on('actions')
        .columns(['agent', 'requested_at'])
        .where(sql.ref('session'), 'is', null)
        .execute();

      await db.schema
        .createTable('reservations')
        .addColumn('action_id', 'text', (c) => c.notNull().references('actions.id'))
        .addColumn('rule', 'text', (c) => c.notNull())
        .addColumn('budget', 'text', (c) => c.notNull())
        .addColumn('terms', 'text', (c) => c.notNull())
        .addColumn('amount', 'double precision', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('reservations_once', ['action_id', 'rule'])
        .execute();
      await db.schema
        .createIndex('reservations_by_budget')
        .on('reservations')
        .columns(['budget', 'at', 'amount'])
        .execute();

      await db.schema
        .createTable('activations')
        .addColumn('seq', 'bigint', (c) => c.primaryKey())
        .addColumn('digest', 'text', (c) => c.notNull())
        .addColumn('previous', 'text')
        .addColumn('pinned', 'integer', (c) => c.notNull())
        .addColumn('actor', 'text', (c) => c.notNull())
        .addColumn('reason', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('loosened_json', 'text', (c) => c.notNull())
        .execute();
    },
  };
}
