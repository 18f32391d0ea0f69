import type { DeliveryState } from './notice-tables.ts';
import type { Store } from './open.ts';

const OVER = ['sent', 'given_up', 'merged', 'dropped'] as const satisfies readonly DeliveryState[];
const UNDER_WAY = ['gathered', 'waiting', 'failed'] as const satisfies readonly DeliveryState[];

/**
 * Takes away deliveries that were over before then, the oldest first and at most so many. What a question needs that is still
 * open stays, since its end is written into the messages that asked it; so does what a message tells of that is on its way.
 * @param before milliseconds since the epoch
 * @returns how many went
 */
export async function deleteDeliveries(store: Store, before: number, limit: number): Promise<number> {
  const { numDeletedRows } = await store.db
    .deleteFrom('notice_deliveries')
    .where('id', 'in', (from) =>
      from
        .selectFrom('notice_deliveries as old')
        .select('old.id')
        .where('old.state', 'in', OVER)
        .where('old.changed_at', '<', before)
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('approvals')
                .select('approvals.id')
                .whereRef('approvals.id', '=', 'old.approval_id')
                .where('approvals.status', '=', 'pending'),
            ),
          ),
        )
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('notice_deliveries as message')
                .select('message.id')
                .whereRef('message.id', '=', 'old.digest_id')
                .where('message.state', 'in', UNDER_WAY),
            ),
          ),
        )
        .orderBy('old.changed_at')
        .limit(limit),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** The same for notices that became messages before then, as soon as the last of those is gone. */
export async function deleteNotices(store: Store, before: number, limit: number): Promise<number> {
  const { numDeletedRows } = await store.db
    .deleteFrom('notices')
    .where('id', 'in', (from) =>
      from
        .selectFrom('notices as old')
        .select('old.id')
        .where('old.routed_at', '<', before)
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('notice_deliveries')
                .select('notice_deliveries.id')
                .whereRef('notice_deliveries.notice_id', '=', 'old.id'),
            ),
          ),
        )
        .orderBy('old.routed_at')
        .limit(limit),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
