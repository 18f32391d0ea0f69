import { appendEvents } from './events.ts';
import { KEYS_RECORD } from './keys-record.ts';
import type { Store } from './open.ts';
import type { VerdictKeysTable } from './schema.ts';

/** The public half of a key that signs verdicts. Times are milliseconds since the epoch. */
export interface VerdictKey {
  id: string;
  publicKeyPem: string;
  createdAt: number;
  /** From when on nothing counts that it signed; null as long as it holds. */
  revokedAt: number | null;
}

/**
 * Publishes the public half of a key that signs verdicts, so that every worker can check them, and puts a new one on record.
 * Earlier ones stay, for what they signed. False when the key was revoked: it signs nothing any more.
 */
export async function publishVerdictKey(
  store: Store,
  keyId: string,
  publicKeyPem: string,
  at: number = Date.now(),
): Promise<boolean> {
  return store.db.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('verdict_keys')
      .values({ id: keyId, public_key: publicKeyPem, created_at: at, revoked_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) {
      const data = { what: 'verdict_key', id: keyId, publicKey: publicKeyPem };
      await appendEvents(tx, KEYS_RECORD, [
        { kind: 'key_made', key: `verdict-key-made:${keyId}`, actor: 'gateway', at, data },
      ]);
      return true;
    }
    const row = await tx.selectFrom('verdict_keys').select('revoked_at').where('id', '=', keyId).executeTakeFirst();
    return row?.revoked_at == null;
  });
}

/** The key of that id, or undefined when the gate never had it. */
export async function readVerdictKey(store: Store, keyId: string): Promise<VerdictKey | undefined> {
  const row = await store.db.selectFrom('verdict_keys').selectAll().where('id', '=', keyId).executeTakeFirst();
  return row === undefined ? undefined : toKey(row);
}

/** Every key that ever signed verdicts, the newest first. */
export async function listVerdictKeys(store: Store): Promise<VerdictKey[]> {
  const all = store.db.selectFrom('verdict_keys').selectAll().orderBy('created_at', 'desc').orderBy('id');
  return (await all.execute()).map(toKey);
}

/** The public keys by their ids, PEM, to check signatures with: all that ever signed, or those alone that were not revoked. */
export async function verdictPublicKeys(store: Store, which: 'all' | 'in force'): Promise<ReadonlyMap<string, string>> {
  const keys = await listVerdictKeys(store);
  const wanted = which === 'all' ? keys : keys.filter(({ revokedAt }) => revokedAt === null);
  return new Map(wanted.map(({ id, publicKeyPem }) => [id, publicKeyPem]));
}

function toKey(row: VerdictKeysTable): VerdictKey {
  return { id: row.id, publicKeyPem: row.public_key, createdAt: row.created_at, revokedAt: row.revoked_at };
}

/** Revokes a key for good: nothing counts from now on that it signed. False when there is no such key or it was revoked before. */
export async function revokeVerdictKey(
  store: Store,
  keyId: string,
  { actor, reason, at }: { actor: string; reason: string; at: number },
): Promise<boolean> {
  return store.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('verdict_keys')
      .set({ revoked_at: at })
      .where('id', '=', keyId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await appendEvents(tx, KEYS_RECORD, [
      {
        kind: 'key_revoked',
        key: `verdict-key-revoked:${keyId}`,
        actor,
        at,
        data: { what: 'verdict_key', id: keyId, reason },
      },
    ]);
    return true;
  });
}
