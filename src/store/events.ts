import type { TimelineEntry, JsonObject } from '@gatehouse/sdk/contract';
import type { Selectable, Transaction } from 'kysely';
import type { NewEvent } from '../audit/events.ts';
import { noteForPeople } from './notices.ts';
import type { Db } from './open.ts';
import type { EventsTable, Tables } from './schema.ts';
import { runOfEntry } from './writing-run.ts';

/** Writes entries of the record. One that stands there already, by its key, stays as it was. */
export async function appendEvents(
  db: Db | Transaction<Tables>,
  actionId: string,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await appendToMany(
    db,
    events.map((event) => ({ actionId, event })),
  );
}

/** The same for entries of several actions: one statement for all of them. */
export async function appendToMany(
  db: Db | Transaction<Tables>,
  entries: readonly { actionId: string; event: NewEvent }[],
): Promise<void> {
  if (entries.length === 0) return;
  await insertEvents(db, entries);
  await noteForPeople(db, entries);
}

async function insertEvents(
  db: Db | Transaction<Tables>,
  entries: readonly { actionId: string; event: NewEvent }[],
): Promise<void> {
  await db
    .insertInto('events')
    .values(
      entries.map(({ actionId, event }) => ({
        action_id: actionId,
        key: event.key,
        kind: event.kind,
        actor: event.actor,
        at: event.at,
        data_json: JSON.stringify({ ...runOfEntry(actionId), ...event.data }),
      })),
    )
    .onConflict((conflict) => conflict.columns(['action_id', 'key']).doNothing())
    .execute();
}

/** The whole record of one action, oldest first. */
export async function readTimeline(db: Db, actionId: string): Promise<TimelineEntry[]> {
  const rows = await db.selectFrom('events').selectAll().where('action_id', '=', actionId).orderBy('seq').execute();
  return rows.map(toEntry);
}

/** Some entries of a record, by their keys, oldest first. */
export async function readEntries(db: Db, recordId: string, keys: readonly string[]): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('action_id', '=', recordId)
    .where('key', 'in', keys)
    .orderBy('seq')
    .execute();
  return rows.map(toEntry);
}

function toEntry(row: Selectable<EventsTable>): TimelineEntry {
  return {
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    kind: row.kind,
    actor: row.actor,
    data: JSON.parse(row.data_json) as JsonObject,
  };
}
