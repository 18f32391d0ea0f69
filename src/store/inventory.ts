import type { Insertable, Selectable } from 'kysely';
import type { Transaction } from 'kysely';
import { capabilityId } from './capability-id.ts';
import type { CapabilitiesTable, InventoryEventsTable, InventorySourcesTable } from './inventory-tables.ts';
import type { Db, Store } from './open.ts';
import type { Tables } from './schema.ts';

export type CapabilityRow = Selectable<CapabilitiesTable>;
export type SourceRow = Selectable<InventorySourcesTable>;
export type InventoryEventRow = Selectable<InventoryEventsTable>;
type Handle = Db | Transaction<Tables>;

/** A definition with its digest, both made by the caller. */
export interface Defined {
  name: string;
  digest: string;
  /** Canonical or not, it is kept as it is. */
  json: string;
}

/** What an import or an acceptance found, by id. */
export interface Imported {
  added: string[];
  changed: string[];
  gone: string[];
  unchanged: number;
}

/** What the decision needs to know of a tool; `tool` is undefined where the inventory has its server but not the tool. */
export interface KnownTool {
  tool: { digest: string; baselineDigest: string; baseline: string; accepted: boolean } | undefined;
}

const CHUNK = 500;

/** What is known of one tool of a server; null where the inventory has nothing of that server. */
export async function readKnownTool(store: Store, server: string, name: string): Promise<KnownTool | null> {
  const row = await store.db
    .selectFrom('capabilities')
    .innerJoin('tool_definitions', 'tool_definitions.digest', 'capabilities.baseline_digest')
    .select(['capabilities.digest', 'baseline_digest', 'accepted_at', 'tool_json'])
    .where('id', '=', capabilityId(server, name))
    .executeTakeFirst();
  if (row !== undefined) {
    const { digest, baseline_digest: baselineDigest, tool_json: baseline, accepted_at: acceptedAt } = row;
    return { tool: { digest, baselineDigest, baseline, accepted: acceptedAt !== null } };
  }
  const source = store.db.selectFrom('inventory_sources').select('server').where('server', '=', server);
  return (await source.executeTakeFirst()) === undefined ? null : { tool: undefined };
}

/** Puts everything that a server now offers into the inventory, and what it no longer offers down as gone; at once. */
export async function importCapabilities(
  store: Store,
  source: Insertable<InventorySourcesTable>,
  offered: readonly Defined[],
): Promise<Imported> {
  const { server, imported_at: at, imported_by: actor } = source;
  return store.db.transaction().execute(async (tx) => {
    const rest: Partial<typeof source> = { ...source };
    delete rest.server;
    // First of all the source, which makes two imports of one server wait for each other.
    await tx
      .insertInto('inventory_sources')
      .values(source)
      .onConflict((c) => c.column('server').doUpdateSet(rest))
      .execute();
    const before = await tx.selectFrom('capabilities').selectAll().where('server', '=', server).execute();
    await keepDefinitions(tx, offered);
    const byName = new Map(before.map((row) => [row.name, row]));
    const added = offered.filter(({ name }) => !byName.has(name));
    const changed = offered.filter(({ name, digest }) => (byName.get(name)?.digest ?? digest) !== digest);
    const names = new Set(offered.map(({ name }) => name));
    const gone = before.filter((row) => row.gone_at === null && !names.has(row.name)).map(({ id }) => id);
    for (const rows of chunks(added.map((each) => firstRow(server, each, at)))) {
      await tx.insertInto('capabilities').values(rows).execute();
    }
    for (const { name, digest } of changed) {
      await tx.updateTable('capabilities').set({ digest }).where('id', '=', capabilityId(server, name)).execute();
    }
    for (const ids of chunks(offered.map(({ name }) => capabilityId(server, name)))) {
      await tx.updateTable('capabilities').set({ last_seen_at: at, gone_at: null }).where('id', 'in', ids).execute();
    }
    for (const ids of chunks(gone)) {
      await tx.updateTable('capabilities').set({ gone_at: at }).where('id', 'in', ids).execute();
    }
    const idsOf = (some: readonly Defined[]): string[] => some.map(({ name }) => capabilityId(server, name));
    const found = { added: idsOf(added), changed: idsOf(changed), gone };
    const data_json = JSON.stringify({
      kind: source.kind,
      location: source.location,
      offered: offered.length,
      ...found,
    });
    await tx.insertInto('inventory_events').values({ kind: 'imported', server, actor, at, data_json }).execute();
    return { ...found, unchanged: offered.length - added.length - changed.length };
  });
}

/** The definitions of these digests, as JSON. */
export async function readDefinitions(store: Store, digests: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of chunks([...new Set(digests)])) {
    const rows = await store.db.selectFrom('tool_definitions').selectAll().where('digest', 'in', some).execute();
    for (const row of rows) found.set(row.digest, row.tool_json);
  }
  return found;
}

/** Splits what is too much for the parameters of one statement. */
export function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, at) => all.slice(at * CHUNK, (at + 1) * CHUNK));
}

async function keepDefinitions(db: Handle, offered: readonly Defined[]): Promise<void> {
  for (const some of chunks(offered)) {
    await db
      .insertInto('tool_definitions')
      .values(some.map(({ digest, json }) => ({ digest, tool_json: json })))
      .onConflict((conflict) => conflict.column('digest').doNothing())
      .execute();
  }
}

function firstRow(server: string, { name, digest }: Defined, at: number): CapabilityRow {
  return {
    id: capabilityId(server, name),
    server,
    name,
    digest,
    baseline_digest: digest,
    first_seen_at: at,
    last_seen_at: at,
    gone_at: null,
    accepted_at: null,
    accepted_by: null,
    accept_reason: null,
  };
}
