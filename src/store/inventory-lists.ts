import type { ActionStatus } from '@gatehouse/sdk/contract';
import type { CapabilityRow, InventoryEventRow, SourceRow } from './inventory.ts';
import { chunks } from './inventory.ts';
import type { Store } from './open.ts';

/** What actions did with a capability. Times are milliseconds since the epoch. */
export interface Uses {
  count: number;
  firstAt: number;
  lastAt: number;
  byStatus: Partial<Record<ActionStatus, number>>;
}

/** Beyond these, what only traffic shows is too much to list: the latest are. */
export const MAX_SEEN_IN_TRAFFIC = 2000;

/** Every capability of the inventory, or of one server. */
export async function readCapabilities(store: Store, server?: string): Promise<CapabilityRow[]> {
  let query = store.db.selectFrom('capabilities').selectAll();
  if (server !== undefined) query = query.where('server', '=', server);
  return query.execute();
}

/** One capability, or undefined. */
export async function readCapability(store: Store, id: string): Promise<CapabilityRow | undefined> {
  return store.db.selectFrom('capabilities').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The servers whose capabilities were imported, by name. */
export async function readSources(store: Store): Promise<SourceRow[]> {
  return store.db.selectFrom('inventory_sources').selectAll().orderBy('server').execute();
}

/** The latest imports and acceptances of a server, newest first. */
export async function readInventoryEvents(store: Store, server: string, limit: number): Promise<InventoryEventRow[]> {
  const events = store.db.selectFrom('inventory_events').selectAll().where('server', '=', server);
  return events.orderBy('seq', 'desc').limit(limit).execute();
}

/** The ids of what actions used, the latest first. */
export async function readUsedIds(store: Store): Promise<string[]> {
  const rows = await store.db
    .selectFrom('actions')
    .select(({ fn }) => ['capability', fn.max('requested_at').as('last')])
    .where('capability', 'is not', null)
    .groupBy('capability')
    .orderBy('last', 'desc')
    .limit(MAX_SEEN_IN_TRAFFIC)
    .execute();
  return rows.flatMap(({ capability }) => capability ?? []);
}

/** How often each of these was used, and what became of it. */
export async function readUses(store: Store, ids: readonly string[]): Promise<Map<string, Uses>> {
  const uses = new Map<string, Uses>();
  for (const some of chunks(ids)) {
    const rows = await store.db
      .selectFrom('actions')
      .select(({ fn }) => [
        'capability',
        'status',
        fn.countAll<number | string>().as('count'),
        fn.min('requested_at').as('first'),
        fn.max('requested_at').as('last'),
      ])
      .where('capability', 'in', some)
      .groupBy(['capability', 'status'])
      .execute();
    for (const { capability, status, count, first, last } of rows) {
      if (capability === null) continue;
      const soFar = uses.get(capability) ?? { count: 0, firstAt: first, lastAt: last, byStatus: {} };
      uses.set(capability, {
        count: soFar.count + Number(count),
        firstAt: Math.min(soFar.firstAt, first),
        lastAt: Math.max(soFar.lastAt, last),
        byStatus: { ...soFar.byStatus, [status]: Number(count) },
      });
    }
  }
  return uses;
}

/** The tool as the latest action that used it presented it, as JSON; null where none did. */
export async function readPresentedTool(store: Store, id: string): Promise<string | null> {
  const row = await store.db
    .selectFrom('actions')
    .select('tool_json')
    .where('capability', '=', id)
    .where('tool_json', 'is not', null)
    .orderBy('requested_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.tool_json ?? null;
}
