import type { Insertable, Selectable } from 'kysely';
import type { NewEvent } from '../audit/events.ts';
import { appendEvents } from './events.ts';
import type { DeliveryState, NoticeDeliveriesTable } from './notice-tables.ts';
import type { Store } from './open.ts';

export type DeliveryRow = Selectable<NoticeDeliveriesTable>;
export type NewDelivery = Insertable<NoticeDeliveriesTable>;

/** Turns a notice into deliveries, once: of two workers that come at the same time one writes. */
export async function writeRouted(
  store: Store,
  noticeId: string,
  deliveries: readonly NewDelivery[],
  at: number,
): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('notices')
      .set({ routed_at: at })
      .where('id', '=', noticeId)
      .where('routed_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n || deliveries.length === 0) return;
    await tx
      .insertInto('notice_deliveries')
      .values([...deliveries])
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  });
}

/** What has no workflow yet that delivers it, the oldest first. */
export async function readUnstarted(store: Store, limit: number): Promise<DeliveryRow[]> {
  return store.db
    .selectFrom('notice_deliveries')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('started', '=', 0)
    .orderBy('created_at')
    .limit(limit)
    .execute();
}

export async function markStarted(store: Store, id: string): Promise<void> {
  await store.db.updateTable('notice_deliveries').set({ started: 1 }).where('id', '=', id).execute();
}

export async function readDelivery(store: Store, id: string): Promise<DeliveryRow | undefined> {
  return store.db.selectFrom('notice_deliveries').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The deliveries about one question to one channel, the oldest first. */
export async function readOfApproval(store: Store, approvalId: string, channel?: string): Promise<DeliveryRow[]> {
  const all = store.db
    .selectFrom('notice_deliveries')
    .selectAll()
    .where('approval_id', '=', approvalId)
    .orderBy('created_at')
    .orderBy('id');
  return channel === undefined ? all.execute() : all.where('channel', '=', channel).execute();
}

/** How an attempt to send went. */
export interface Attempt {
  id: string;
  state: Extract<DeliveryState, 'failed' | 'sent' | 'given_up' | 'dropped'>;
  /** Whether it counts as an attempt of its own: giving up sends nothing. */
  attempted: boolean;
  error: string | null;
  /** What the other side calls it. */
  receipt?: unknown;
  at: number;
  /** What goes on the record of each action that the message is about, when it is over. */
  events: readonly { actionId: string; event: NewEvent }[];
}

/** Puts an attempt on record. What is over stays as it is. */
export async function writeAttempt(store: Store, attempt: Attempt): Promise<void> {
  const { id, state, attempted, error, receipt, at, events } = attempt;
  await store.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('notice_deliveries')
      .set(({ eb }) => ({
        state,
        attempts: eb('attempts', '+', attempted ? 1 : 0),
        last_error: error,
        changed_at: at,
        ...(receipt === undefined ? {} : { receipt_json: JSON.stringify(receipt) }),
      }))
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'failed'])
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return;
    for (const { actionId, event } of events) await appendEvents(tx, actionId, [event]);
  });
}

/** Which deliveries to list. */
export interface DeliveryFilter {
  actionId?: string | undefined;
  channel?: string | undefined;
  state?: DeliveryState | undefined;
  limit: number;
  /** Where the page before this one ended. */
  after?: { at: number; id: string } | undefined;
}

/** The deliveries, the newest first. */
export async function listDeliveries(store: Store, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  const { actionId, channel, state, limit, after } = filter;
  let query = store.db.selectFrom('notice_deliveries').selectAll();
  if (actionId !== undefined) query = query.where('action_id', '=', actionId);
  if (channel !== undefined) query = query.where('channel', '=', channel);
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined) {
    query = query.where((where) =>
      where.or([
        where('created_at', '<', after.at),
        where.and([where('created_at', '=', after.at), where('id', '<', after.id)]),
      ]),
    );
  }
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}
