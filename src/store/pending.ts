import type { Store } from './open.ts';

/** How many questions of an agent wait for people, counted up to `most`. */
export async function countPending(store: Store, agent: string, most: number): Promise<number> {
  const rows = await store.db
    .selectFrom('approvals')
    .select('id')
    .where('agent', '=', agent)
    .where('status', '=', 'pending')
    .limit(most)
    .execute();
  return rows.length;
}
