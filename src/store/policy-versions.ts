import type { Store } from './open.ts';

/** Keeps the text of a policy under its digest, so that a decision's policy can be read for ever. */
export async function keepPolicyVersion(store: Store, digest: string, text: string): Promise<void> {
  await store.db
    .insertInto('policy_versions')
    .values({ digest, text, first_seen_at: Date.now() })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute();
}
