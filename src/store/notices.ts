import { createHash } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import type { NewEvent } from '../audit/events.ts';
import { noticesOf, type NewNotice } from '../audit/notice-kinds.ts';
import type { ChannelKind, NoticesTable } from './notice-tables.ts';
import type { Db, Store } from './open.ts';
import type { Tables } from './schema.ts';

export type NoticeRow = Selectable<NoticesTable>;

/**
 * Keeps what of these entries people are to hear of, in the transaction of the entries: what is on record is told, and what
 * is not on record is not. Entries of which nobody is told cost nothing here.
 */
export async function noteForPeople(
  db: Db | Transaction<Tables>,
  entries: readonly { actionId: string; event: NewEvent }[],
): Promise<void> {
  const byRecord = new Map<string, NewEvent[]>();
  for (const { actionId, event } of entries) byRecord.set(actionId, [...(byRecord.get(actionId) ?? []), event]);
  const rows = [...byRecord].flatMap(([id, events]) => noticesOf(events).map((notice) => rowOf(id, notice)));
  if (rows.length === 0) return;
  // Whether anybody is told is for the workers to say: this process may not know their file.
  if ((await db.selectFrom('notice_channels').select('name').limit(1).executeTakeFirst()) === undefined) return;
  await db
    .insertInto('notices')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

function rowOf(recordId: string, { kind, approvalId, actor, at, data, key }: NewNotice): NoticeRow {
  return {
    id: `ntc_${createHash('sha256')
      .update(JSON.stringify([recordId, key]))
      .digest('hex')
      .slice(0, 32)}`,
    ...{ action_id: recordId, approval_id: approvalId, kind, actor, at },
    data_json: JSON.stringify(data),
    routed_at: null,
  };
}

/** Tells the store which channels there are. With none, nothing is kept from now on. */
export async function writeChannels(
  store: Store,
  channels: readonly { name: string; kind: ChannelKind }[],
): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    const names = channels.map(({ name }) => name);
    const gone = tx.deleteFrom('notice_channels');
    await (names.length === 0 ? gone : gone.where('name', 'not in', names)).execute();
    if (channels.length === 0) return;
    await tx
      .insertInto('notice_channels')
      .values(channels.map(({ name, kind }) => ({ name, kind })))
      .onConflict((conflict) => conflict.column('name').doUpdateSet((set) => ({ kind: set.ref('excluded.kind') })))
      .execute();
  });
}

/** What nobody has turned into deliveries yet, the oldest first. */
export async function readUnrouted(store: Store, limit: number): Promise<NoticeRow[]> {
  return store.db
    .selectFrom('notices')
    .selectAll()
    .where('routed_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function readNotice(store: Store, id: string): Promise<NoticeRow | undefined> {
  return store.db.selectFrom('notices').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Remembers a signature for as long as its request would pass. False where it was there before: a replay. */
export async function isFirstSight(store: Store, signature: string, now: number, forMs: number): Promise<boolean> {
  await store.db
    .deleteFrom('seen_signatures')
    .where('at', '<', now - forMs)
    .execute();
  const { numInsertedOrUpdatedRows } = await store.db
    .insertInto('seen_signatures')
    .values({ id: signature, at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
