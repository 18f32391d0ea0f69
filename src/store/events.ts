import type { TimelineEntry, JsonObject } from '@gatehouse/sdk/contract';
import type { Transaction } from 'kysely';
import type { NewEvent } from '../audit/events.ts';
import type { Db } from './open.ts';
import type { Tables } from './schema.ts';

/** Writes entries of the record. One that stands there already, by its key, stays as it was. */
export async function appendEvents(
  db: Db | Transaction<Tables>,
  actionId: string,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await db
    .insertInto('events')
    .values(
      events.map((event) => ({
        action_id: actionId,
        key: event.key,
        kind: event.kind,
        actor: event.actor,
        at: event.at,
        data_json: JSON.stringify(event.data),
      })),
    )
    .onConflict((conflict) => conflict.columns(['action_id', 'key']).doNothing())
    .execute();
}

/** The whole record of one action, oldest first. */
export async function readTimeline(db: Db, actionId: string): Promise<TimelineEntry[]> {
  const rows = await db.selectFrom('events').selectAll().where('action_id', '=', actionId).orderBy('seq').execute();
  return rows.map((row) => ({
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    kind: row.kind,
    actor: row.actor,
    data: JSON.parse(row.data_json) as JsonObject,
  }));
}
