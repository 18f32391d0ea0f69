import type { Selectable } from 'kysely';
import type { Store } from './open.ts';
import type { PolicyVersionsTable } from './schema.ts';

export type PolicyVersionRow = Selectable<PolicyVersionsTable>;

/** Keeps the text of a policy under its digest, so that a decision's policy can be read for ever. */
export async function keepPolicyVersion(store: Store, digest: string, text: string): Promise<void> {
  await store.db
    .insertInto('policy_versions')
    .values({ digest, text, first_seen_at: Date.now() })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute();
}

/** The policy of that digest, or undefined where it was never kept. */
export async function readPolicyVersion(store: Store, digest: string): Promise<PolicyVersionRow | undefined> {
  return store.db.selectFrom('policy_versions').selectAll().where('digest', '=', digest).executeTakeFirst();
}

/** The policies whose digest begins like that (`sha256:` and hex digits), two at most: enough to tell whether it names one. */
export async function findPolicyVersions(store: Store, prefix: string): Promise<PolicyVersionRow[]> {
  return store.db.selectFrom('policy_versions').selectAll().where('digest', 'like', `${prefix}%`).limit(2).execute();
}

/** The policies that were ever in force here, without their texts, the newest first. */
export async function listPolicyVersions(
  store: Store,
  limit: number,
): Promise<Pick<PolicyVersionRow, 'digest' | 'first_seen_at'>[]> {
  return store.db
    .selectFrom('policy_versions')
    .select(['digest', 'first_seen_at'])
    .orderBy('first_seen_at', 'desc')
    .orderBy('digest')
    .limit(limit)
    .execute();
}
