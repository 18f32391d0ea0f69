import { sql } from 'kysely';
import type { Store } from './open.ts';

/** At most so many at once; the rest comes with the next look. */
const MOST = 100;

/**
 * Approved actions whose claim was given so long ago that its lease was over before `before` (milliseconds since the epoch),
 * and that have no outcome.
 */
export async function overdueClaims(store: Store, before: number): Promise<string[]> {
  const rows = await store.db
    .selectFrom('actions')
    .select('id')
    .where('status', '=', 'claimed')
    .where('approval_id', 'is not', null)
    .where(sql<number>`claimed_at + lease_seconds * 1000`, '<', before)
    .limit(MOST)
    .execute();
  return rows.map(({ id }) => id);
}
