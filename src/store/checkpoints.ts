import type { Selectable } from 'kysely';
import type { CheckpointsTable } from './chain-tables.ts';
import type { Store } from './open.ts';

export type CheckpointRow = Selectable<CheckpointsTable>;

/** Puts a checkpoint on record; false where one of that size stands there already. */
export async function insertCheckpoint(store: Store, row: CheckpointRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await store.db
    .insertInto('checkpoints')
    .values(row)
    .onConflict((conflict) => conflict.column('size').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The newest checkpoint, or undefined before the first. */
export async function readLastCheckpoint(store: Store): Promise<CheckpointRow | undefined> {
  return store.db.selectFrom('checkpoints').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst();
}

/** Checkpoints, newest first; those below a size where one is given. */
export async function listCheckpoints(store: Store, limit: number, below?: number): Promise<CheckpointRow[]> {
  const all = store.db.selectFrom('checkpoints').selectAll().orderBy('size', 'desc').limit(limit);
  return (below === undefined ? all : all.where('size', '<', below)).execute();
}

/** Streams all checkpoints in pages, the shortest chain first. */
export async function* readCheckpoints(store: Store, pageSize = 1_000): AsyncGenerator<CheckpointRow[]> {
  let last = -1;
  for (;;) {
    const page = await store.db
      .selectFrom('checkpoints')
      .selectAll()
      .where('size', '>', last)
      .orderBy('size')
      .limit(pageSize)
      .execute();
    const end = page.at(-1);
    if (end === undefined) return;
    yield page;
    last = end.size;
  }
}

/** Notes that a checkpoint is out of the database's reach. */
export async function markDelivered(store: Store, size: number, at: number): Promise<void> {
  await store.db.updateTable('checkpoints').set({ delivered_at: at }).where('size', '=', size).execute();
}

/** Publishes the public half of a key that signs checkpoints. */
export async function publishCheckpointKey(store: Store, keyId: string, publicKeyPem: string): Promise<void> {
  await store.db
    .insertInto('checkpoint_keys')
    .values({ id: keyId, public_key: publicKeyPem, created_at: Date.now() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Every public key that checkpoints were ever signed with here, PEM, by its id. */
export async function readCheckpointKeys(store: Store): Promise<Map<string, string>> {
  const rows = await store.db
    .selectFrom('checkpoint_keys')
    .select(['id', 'public_key'])
    .orderBy('created_at')
    .execute();
  return new Map(rows.map((row) => [row.id, row.public_key]));
}
