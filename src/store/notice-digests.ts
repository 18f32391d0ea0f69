import type { DeliveryRow, NewDelivery } from './deliveries.ts';
import type { DeliveryState } from './notice-tables.ts';
import type { Store } from './open.ts';

/** One address of one channel. */
export interface Address {
  channel: string;
  recipient: string | null;
}

const SINGLE: readonly DeliveryState[] = ['waiting', 'failed', 'sent', 'given_up'];

/** How many messages of their own went to an address since then. */
export async function countSince(store: Store, { channel, recipient }: Address, since: number): Promise<number> {
  const { count } = await store.db
    .selectFrom('notice_deliveries')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('channel', '=', channel)
    .where('recipient', recipient === null ? 'is' : '=', recipient)
    .where('state', 'in', SINGLE)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** When what is gathered for an address goes out; undefined where nothing is. */
export async function readDue(store: Store, { channel, recipient }: Address): Promise<number | undefined> {
  const row = await store.db
    .selectFrom('notice_deliveries')
    .select('due_at')
    .where('state', '=', 'gathered')
    .where('channel', '=', channel)
    .where('recipient', recipient === null ? 'is' : '=', recipient)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? undefined;
}

/** The addresses for which something gathered is due. */
export async function readDueAddresses(store: Store, now: number): Promise<Address[]> {
  return store.db
    .selectFrom('notice_deliveries')
    .select(['channel', 'recipient'])
    .distinct()
    .where('state', '=', 'gathered')
    .where('due_at', '<=', now)
    .execute();
}

/** What becomes of what was gathered for an address. */
export interface Gathering {
  /** Ids that there is nothing to tell of any more. */
  dropped: readonly string[];
  /** Makes the message that tells the others; it is not asked for one alone, which goes out as it is. */
  digest: (members: readonly DeliveryRow[]) => NewDelivery;
  now: number;
}

/** Sends out all that is gathered for an address, in one message. Of two workers that come at the same time one does. */
export async function sendGathered(
  store: Store,
  { channel, recipient }: Address,
  { dropped, digest, now }: Gathering,
): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    const taken = await tx
      .updateTable('notice_deliveries')
      .set({ state: 'merged', changed_at: now })
      .where('state', '=', 'gathered')
      .where('channel', '=', channel)
      .where('recipient', recipient === null ? 'is' : '=', recipient)
      .returningAll()
      .execute();
    const set = (ids: readonly string[], columns: Partial<Pick<DeliveryRow, 'state' | 'digest_id'>>) =>
      ids.length === 0
        ? Promise.resolve()
        : tx.updateTable('notice_deliveries').set(columns).where('id', 'in', ids).execute();
    const members = taken.filter(({ id }) => !dropped.includes(id)).sort((a, b) => a.created_at - b.created_at);
    await set(
      taken.map(({ id }) => id).filter((id) => dropped.includes(id)),
      { state: 'dropped' },
    );
    const ids = members.map(({ id }) => id);
    if (members.length === 1) {
      await set(ids, { state: 'waiting' });
    } else if (members.length > 1) {
      const message = digest(members);
      await tx.insertInto('notice_deliveries').values(message).execute();
      await set(ids, { digest_id: message.id });
    }
  });
}

/** What is gathered for an address, the oldest first. */
export async function readGathered(store: Store, { channel, recipient }: Address): Promise<DeliveryRow[]> {
  return store.db
    .selectFrom('notice_deliveries')
    .selectAll()
    .where('state', '=', 'gathered')
    .where('channel', '=', channel)
    .where('recipient', recipient === null ? 'is' : '=', recipient)
    .orderBy('created_at')
    .execute();
}

/** What a message tells of, the oldest first. */
export async function readMembers(store: Store, digestId: string): Promise<DeliveryRow[]> {
  return store.db
    .selectFrom('notice_deliveries')
    .selectAll()
    .where('digest_id', '=', digestId)
    .orderBy('created_at')
    .execute();
}
