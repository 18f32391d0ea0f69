import type { Store } from './open.ts';

/** Somebody, as a provider vouches for them. */
export interface Vouched {
  /** The name that the provider gives them now. */
  name: string;
  issuer: string;
  /** What never changes of them at that issuer. */
  subject: string;
}

/**
 * The name under which somebody is on record: the one that came with the subject first, so that nobody becomes somebody else by
 * a change of name. null where the name is another subject's.
 */
export async function personOf(store: Store, { name, issuer, subject }: Vouched, now: number): Promise<string | null> {
  const known = await bySubject(store, issuer, subject);
  if (known !== undefined) return known;
  await store.db
    .insertInto('people')
    .values({ name, issuer, subject, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await bySubject(store, issuer, subject)) ?? null;
}

async function bySubject(store: Store, issuer: string, subject: string): Promise<string | undefined> {
  const row = await store.db
    .selectFrom('people')
    .select('name')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.name;
}
