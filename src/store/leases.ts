import { sql } from 'kysely';
import type { Store } from './open.ts';

/** What one process at a time should do. Twice at once does the work twice and nothing else, so that clocks may differ. */
export interface Lease {
  name: string;
  holder: string;
  /** How long nobody else takes it over, in milliseconds. */
  forMs: number;
}

/** Takes a lease, or keeps it: false while somebody else has it. */
export async function takeLease(store: Store, { name, holder, forMs }: Lease, now: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await store.db
    .insertInto('leases')
    .values({ name, holder, until: now + forMs })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until: now + forMs })
        .where((where) =>
          where.or([where(sql.ref('leases.until'), '<', now), where(sql.ref('leases.holder'), '=', holder)]),
        ),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Gives a lease back, so that the next one need not wait for its end. */
export async function endLease(store: Store, { name, holder }: Pick<Lease, 'name' | 'holder'>): Promise<void> {
  await store.db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
}
