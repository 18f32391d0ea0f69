import { sql, type Updateable } from 'kysely';
import type { NewEvent } from '../audit/events.ts';
import { appendEvents } from './events.ts';
import type { Store } from './open.ts';
import type { ApprovalsTable } from './schema.ts';

export interface Progress {
  actionId: string;
  approvalId: string;
  set: Updateable<ApprovalsTable>;
  events: readonly NewEvent[];
}

/** Puts on record how far an open question has come, with its entries. What is resolved stays as it is. */
export async function writeProgress(store: Store, { actionId, approvalId, set, events }: Progress): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('approvals')
      .set(set)
      .where('id', '=', approvalId)
      .where('status', '=', 'pending')
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return;
    // Whoever waits for the action wants to see this too.
    await tx
      .updateTable('actions')
      .set({ version: sql<number>`version + 1` })
      .where('id', '=', actionId)
      .execute();
    await appendEvents(tx, actionId, events);
  });
  store.changes.tell(actionId);
}
