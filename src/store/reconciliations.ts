import type { Insertable, Selectable } from 'kysely';
import type { ReconciliationsTable } from './operations-tables.ts';
import type { Store } from './open.ts';

export type ReconciliationRow = Selectable<ReconciliationsTable>;

/** An hourly one for a month and a half; what is older says nothing that the record does not say better. */
const KEPT = 1_000;

/** Keeps how a comparison came out. */
export async function keepReconciliation(store: Store, row: Insertable<ReconciliationsTable>): Promise<void> {
  const { seq } = await store.db.insertInto('reconciliations').values(row).returning('seq').executeTakeFirstOrThrow();
  await store.db
    .deleteFrom('reconciliations')
    .where('seq', '<=', seq - KEPT)
    .execute();
}

/** The last comparisons, the newest first. */
export async function listReconciliations(store: Store, limit: number): Promise<ReconciliationRow[]> {
  return store.db.selectFrom('reconciliations').selectAll().orderBy('seq', 'desc').limit(limit).execute();
}
