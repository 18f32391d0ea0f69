import type { Store } from './open.ts';

/** How far a reader of the record has come; 0 before its first entry. */
export async function readPlace(store: Store, name: string): Promise<number> {
  const row = await store.db.selectFrom('places').select('seq').where('name', '=', name).executeTakeFirst();
  return row?.seq ?? 0;
}

/** Puts down how far a reader has come. */
export async function keepPlace(store: Store, name: string, seq: number): Promise<void> {
  await store.db
    .insertInto('places')
    .values({ name, seq })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ seq }))
    .execute();
}
