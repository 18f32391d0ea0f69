import { z } from 'zod';
import type { Executor } from '../activities/executors/definition.ts';
import { sqlExecutor } from '../activities/executors/sql/executor.ts';
import { sql } from '../activities/executors/sql/statement.ts';
import { INACTIVE_BEFORE } from './shop.ts';

const deleteUsersSchema = z.strictObject({
  table: z.literal('users'),
  /** The most users that may go. One more, and nothing is deleted. */
  count: z.int().positive(),
  last_seen_before: z.iso.date().default(INACTIVE_BEFORE),
});

/** The executors of the sample shop: they alone know where its database is. Without a path, `GATEHOUSE_DEMO_SHOP` tells. */
export function demoExecutors(shopPath?: string): Executor[] {
  return [
    sqlExecutor({
      name: 'demo-shop',
      actions: 'delete_records',
      targets: 'production_database',
      input: deleteUsersSchema,
      connection: () => shopPath ?? process.env.GATEHOUSE_DEMO_SHOP ?? '',
      statement: ({ last_seen_before: day }) => [
        sql`DELETE FROM orders WHERE user_id IN (SELECT id FROM users WHERE last_seen < ${day})`,
        sql`DELETE FROM users WHERE last_seen < ${day}`,
      ],
      check: ([, users], { count }) => {
        const gone = users?.rowsAffected ?? 0;
        return gone <= count ? null : `it would delete ${gone} users where ${count} were approved`;
      },
      result: ([orders, users]) => ({
        deletedUsers: users?.rowsAffected ?? 0,
        deletedOrders: orders?.rowsAffected ?? 0,
      }),
      preview: ({ last_seen_before: day }) => sql`SELECT count(*) AS users FROM users WHERE last_seen < ${day}`,
    }),
  ];
}

export default demoExecutors();
