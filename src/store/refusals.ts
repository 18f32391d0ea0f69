import { sql } from 'kysely';
import type { Store } from './open.ts';

/** One time that people refused something. */
export interface RefusalRow {
  resolved_at: number;
  resolved_by: string;
  comment: string | null;
}

/** The last times that people refused an action of this digest after `since` (milliseconds since the epoch), newest first. */
export async function readRefusals(store: Store, digest: string, since: number, most: number): Promise<RefusalRow[]> {
  const rows = await store.db
    .selectFrom('approvals')
    .select(['resolved_at', 'resolved_by', 'comment'])
    .where('action_digest', '=', digest)
    .where('resolved_at', '>', since)
    // In the words of the index, which knows nothing but refusals.
    .where(sql<boolean>`status = 'denied'`)
    .orderBy('resolved_at', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...row, resolved_at: row.resolved_at ?? 0, resolved_by: row.resolved_by ?? 'nobody' }));
}
