import type { ActionRow } from './actions.ts';
import type { Store } from './open.ts';

/** Which actions of the record to read. Times are milliseconds since the epoch. */
export interface RecordedWindow {
  /** Those that were asked for from here on. */
  since: number;
  /** The newest so many of them. */
  most: number;
  /** Only those of this agent. */
  agent?: string | undefined;
}

const PAGE = 500;

/** Streams actions of the record in pages, oldest first; where there are more than `most`, the newest. */
export async function* readRecorded(store: Store, window: RecordedWindow): AsyncGenerator<ActionRow[]> {
  let after = await beginning(store, window);
  let left = window.most;
  for (;;) {
    const page = await pageAfter(store, window, after, Math.min(PAGE, left));
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    left -= page.length;
    if (left <= 0) return;
    after = { at: last.requested_at, id: last.id };
  }
}

/** Whether the window holds more actions than are read. */
export async function isTruncated(store: Store, { since, most, agent }: RecordedWindow): Promise<boolean> {
  let query = store.db.selectFrom('actions').select('id').where('requested_at', '>=', since);
  if (agent !== undefined) query = query.where('agent', '=', agent);
  const row = await query
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .offset(most)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

interface Place {
  at: number;
  id: string;
}

/** The place just before the first action to read. */
async function beginning(store: Store, { since, most, agent }: RecordedWindow): Promise<Place> {
  let query = store.db.selectFrom('actions').select(['requested_at', 'id']).where('requested_at', '>=', since);
  if (agent !== undefined) query = query.where('agent', '=', agent);
  const row = await query
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .offset(most)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? { at: since, id: '' } : { at: row.requested_at, id: row.id };
}

async function pageAfter(store: Store, { agent }: RecordedWindow, after: Place, limit: number): Promise<ActionRow[]> {
  let query = store.db
    .selectFrom('actions')
    .selectAll()
    .where((where) =>
      where.or([
        where('requested_at', '>', after.at),
        where.and([where('requested_at', '=', after.at), where('id', '>', after.id)]),
      ]),
    );
  if (agent !== undefined) query = query.where('agent', '=', agent);
  return query.orderBy('requested_at').orderBy('id').limit(limit).execute();
}
