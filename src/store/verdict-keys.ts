import type { Store } from './open.ts';

/** Publishes the public half of a key that signs verdicts, so that every worker can check them. */
export async function publishVerdictKey(store: Store, keyId: string, publicKeyPem: string): Promise<void> {
  await store.db
    .insertInto('verdict_keys')
    .values({ id: keyId, public_key: publicKeyPem, created_at: Date.now() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** The public key of that id, PEM, or undefined when the gate never had it. */
export async function readVerdictKey(store: Store, keyId: string): Promise<string | undefined> {
  const row = await store.db.selectFrom('verdict_keys').select('public_key').where('id', '=', keyId).executeTakeFirst();
  return row?.public_key;
}
