import { setImmediate } from 'node:timers/promises';
import type { Outcome } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import type { EventKind } from '../audit/events.ts';
import { readHead, type SealedRow } from './chain.ts';
import type { Store } from './open.ts';

/** Which sealed entries are wanted. Times are milliseconds since the epoch. */
export interface EntryFilter {
  /** Those of this moment and later. */
  from?: number | undefined;
  /** Those before this moment. */
  to?: number | undefined;
  /** Those of actions that this agent asked for. */
  agent?: string | undefined;
  action?: string | undefined;
  kind?: EventKind | undefined;
  /** Those of actions that were decided so. */
  outcome?: Outcome | undefined;
}

/** A sealed entry with the hash of the one before it, and with what its action is, where it is about one. */
export interface FoundRow extends SealedRow {
  prev: string | null;
  agent: string | null;
  type: string | null;
  target: string | null;
  outcome: Outcome | null;
}

/** So many places are looked through by one query where no index knows what fits, so that none takes long. */
const WINDOW = 20_000;

/** Sealed entries that fit, the newest first, from below a place on. */
export async function searchEntries(
  store: Store,
  filter: EntryFilter,
  { limit, below }: { limit: number; below?: number | undefined },
): Promise<FoundRow[]> {
  let top = below ?? (await readHead(store)).size + 1;
  const found: FoundRow[] = [];
  while (found.length < limit && top > 1) {
    const bottom = isIndexed(filter) ? 1 : Math.max(1, top - WINDOW);
    const query = fitting(store, filter).where('events.place', '<', top).where('events.place', '>=', bottom);
    const rows = await query
      .orderBy('events.place', 'desc')
      .limit(limit - found.length)
      .execute();
    found.push(...(rows as FoundRow[]));
    top = bottom;
    // SQLite answers without a pause: whatever else this process does gets its turn.
    await setImmediate();
  }
  return found;
}

/** Streams sealed entries that fit in pages, in the order of the chain, from behind a place on, to the end that it has now. */
export async function* streamEntries(
  store: Store,
  filter: EntryFilter,
  after = 0,
  pageSize = 1_000,
): AsyncGenerator<FoundRow[]> {
  const { size } = await readHead(store);
  let last = after;
  while (last < size) {
    const top = isIndexed(filter) ? size : Math.min(size, last + WINDOW);
    const query = fitting(store, filter).where('events.place', '>', last).where('events.place', '<=', top);
    const page = (await query.orderBy('events.place').limit(pageSize).execute()) as FoundRow[];
    if (page.length > 0) yield page;
    last = page.length < pageSize ? top : (page.at(-1)?.place ?? top);
    await setImmediate();
  }
}

/** What an action is stands in its row, which no index joins with places. */
function isIndexed({ agent, outcome, action }: EntryFilter): boolean {
  return action !== undefined || (agent === undefined && outcome === undefined);
}

function fitting(store: Store, { from, to, agent, action, kind, outcome }: EntryFilter) {
  let query = store.db
    .selectFrom('events')
    .leftJoin('actions', 'actions.id', 'events.action_id')
    .selectAll('events')
    .select(['actions.agent', 'actions.type', 'actions.target', 'actions.outcome'])
    .select(sql<string | null>`(select b.hash from events b where b.place = events.place - 1)`.as('prev'))
    .where('events.place', 'is not', null);
  if (from !== undefined) query = query.where('events.at', '>=', from);
  if (to !== undefined) query = query.where('events.at', '<', to);
  if (agent !== undefined) query = query.where('actions.agent', '=', agent);
  if (action !== undefined) query = query.where('events.action_id', '=', action);
  if (kind !== undefined) query = query.where('events.kind', '=', kind);
  return outcome === undefined ? query : query.where('actions.outcome', '=', outcome);
}
