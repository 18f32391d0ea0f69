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
    .values({ name, issuer, subject, created_at: now, groups_json: null, groups_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await bySubject(store, issuer, subject)) ?? null;
}

/**
 * Keeps the groups that the provider gives somebody now, for what they do where they have no session. Of somebody who is not
 * on record nothing is kept.
 */
export async function keepGroups(
  store: Store,
  { issuer, subject, groups }: Omit<Vouched, 'name'> & { groups: readonly string[] },
  now: number,
): Promise<void> {
  await store.db
    .updateTable('people')
    .set({ groups_json: JSON.stringify(groups), groups_at: now })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .execute();
}

/** The groups that a provider gave somebody last, and when; null for somebody who never came by it. */
export async function readGroups(
  store: Store,
  { name, issuer }: Omit<Vouched, 'subject'>,
): Promise<{ groups: string[]; at: number } | null> {
  const row = await store.db
    .selectFrom('people')
    .select(['groups_json', 'groups_at'])
    .where('name', '=', name)
    .where('issuer', '=', issuer)
    .executeTakeFirst();
  if (row === undefined || row.groups_json === null || row.groups_at === null) return null;
  return { groups: JSON.parse(row.groups_json) as string[], at: row.groups_at };
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
