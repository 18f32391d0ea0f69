import type { NewEvent } from '../audit/events.ts';
import { appendEvents } from './events.ts';
import type { Store } from './open.ts';

/** Who looked at a break-glass approval, when (ISO 8601), and what they said. */
export interface SecondLook {
  by: string;
  at: string;
  comment: string | null;
}

/** Puts a second look on record, with its entry. False, and nothing changes, where somebody has looked before. */
export async function writeSecondLook(
  store: Store,
  approvalId: string,
  look: SecondLook,
  event: NewEvent,
): Promise<boolean> {
  return store.db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('approvals')
      .set({ second_look_json: JSON.stringify(look) })
      .where('id', '=', approvalId)
      .where('break_glass', '=', 1)
      .where('second_look_json', 'is', null)
      .returning('action_id')
      .executeTakeFirst();
    if (row === undefined) return false;
    await appendEvents(tx, row.action_id, [event]);
    return true;
  });
}
