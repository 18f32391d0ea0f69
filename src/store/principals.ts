import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { sql, type Selectable, type Transaction } from 'kysely';
import { appendEvents } from './events.ts';
import { KEYS_RECORD, type Change } from './keys-record.ts';
import type { Db, Store } from './open.ts';
import type { PrincipalsTable } from './principal-tables.ts';
import type { Tables } from './schema.ts';

export type PrincipalKind = PrincipalsTable['kind'];
export const PRINCIPAL_KINDS = ['agent', 'person', 'service'] as const satisfies readonly PrincipalKind[];

/** More than this stands behind no agent: a chain of delegation that nobody can follow is none. */
export const LONGEST_CHAIN = 8;

/** Who somebody is. Times are milliseconds since the epoch. */
export interface Principal {
  name: string;
  kind: PrincipalKind;
  owner: string | null;
  team: string | null;
  tags: string[];
  environment: string | null;
  parent: string | null;
  createdAt: number;
  disabledAt: number | null;
}

/** What can be changed of somebody; null takes it away, and what is left out stays. */
export interface PrincipalChange {
  kind?: PrincipalKind | undefined;
  owner?: string | null | undefined;
  team?: string | null | undefined;
  tags?: readonly string[] | undefined;
  environment?: string | null | undefined;
  parent?: string | null | undefined;
}

/** Somebody with those on whose behalf they act. */
export interface Standing extends Principal {
  /** The parent first, then that one's. */
  chain: string[];
  /** Whether somebody in the chain is disabled, and nothing is done on their behalf. */
  isChainDisabled: boolean;
}

/** Everybody who is known by name, in the order of the names. */
export async function listPrincipals(store: Store): Promise<Principal[]> {
  const rows = await store.db.selectFrom('principals').selectAll().orderBy('name').execute();
  return rows.map(toPrincipal);
}

/** Somebody by name, with the chain; null for a name that is not known here. */
export async function findPrincipal(store: Store, name: string): Promise<Standing | null> {
  const row = await readRow(store.db, name);
  return row === undefined ? null : withChain(store.db, toPrincipal(row));
}

/** Puts a name down as known, where it is not yet. */
export async function knowPrincipal(
  db: Db | Transaction<Tables>,
  { name, kind, at }: { name: string; kind: PrincipalKind; at: number },
): Promise<void> {
  await db
    .insertInto('principals')
    .values({
      ...{ name, kind, created_at: at, disabled_at: null },
      ...{ owner: null, team: null, tags_json: null, environment: null, parent: null },
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

/** What stands in the way of a change. */
export type ChangeRefused =
  'kind_fixed' | 'parent_unknown' | 'parent_no_agent' | 'no_agent' | 'circle' | 'chain_too_long';

/**
 * Changes who somebody is; a new name becomes known by it. Chains stay free of circles and at most `LONGEST_CHAIN` long, for
 * those below as well. An agent stays one, and a person no agent (I5).
 */
export async function setPrincipal(
  store: Store,
  name: string,
  { tags, ...change }: PrincipalChange,
  by: Change,
): Promise<Principal | ChangeRefused> {
  const work = store.db.transaction().execute(async (tx) => {
    // Of two changes that make a circle together, the second has to see the first.
    if (store.kind === 'postgres') await sql`lock table principals in share row exclusive mode`.execute(tx);
    const { kind } = change;
    await knowPrincipal(tx, { name, kind: kind ?? 'agent', at: by.at });
    const columns = { ...change, ...(tags === undefined ? {} : { tags_json: JSON.stringify(tags) }) };
    const before = await tx.selectFrom('principals').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
    if (kind !== undefined && (kind === 'agent') !== (before.kind === 'agent')) throw new Refused('kind_fixed');
    // The name again, so that a change of nothing is a statement too.
    await tx
      .updateTable('principals')
      .set({ ...columns, name })
      .where('name', '=', name)
      .execute();
    const row = await tx.selectFrom('principals').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
    const refusal = await whyNot(tx, toPrincipal(row));
    if (refusal !== null) throw new Refused(refusal);
    await record(tx, name, by, given({ ...change, tags }));
    return toPrincipal(row);
  });
  return work.catch((error: unknown) => {
    if (error instanceof Refused) return error.why;
    throw error;
  });
}

/** Rolls a change back whose outcome does not hold. */
class Refused extends Error {
  readonly why: ChangeRefused;
  constructor(why: ChangeRefused) {
    super(why);
    this.why = why;
  }
}

async function whyNot(tx: Transaction<Tables>, principal: Principal): Promise<ChangeRefused | null> {
  if (principal.parent === null) return null;
  if (principal.kind !== 'agent') return 'no_agent';
  const parent = await readRow(tx, principal.parent);
  if (parent === undefined) return 'parent_unknown';
  if (parent.kind !== 'agent') return 'parent_no_agent';
  const above = await chainAbove(tx, principal);
  if (above === 'circle') return 'circle';
  const below = await depthBelow(tx, principal.name);
  return above.length + below > LONGEST_CHAIN ? 'chain_too_long' : null;
}

/** Disables somebody, which ends all their keys at once, or enables them again. False where nothing changed. */
export async function disablePrincipal(store: Store, name: string, disabled: boolean, by: Change): Promise<boolean> {
  return store.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('principals')
      .set({ disabled_at: disabled ? by.at : null })
      .where('name', '=', name)
      .where('disabled_at', disabled ? 'is' : 'is not', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await record(tx, name, by, { disabled });
    return true;
  });
}

async function record(
  tx: Transaction<Tables>,
  name: string,
  { actor, at }: Change,
  changed: JsonObject,
): Promise<void> {
  const key = `principal:${randomUUID()}`;
  await appendEvents(tx, KEYS_RECORD, [{ kind: 'principal_changed', key, actor, at, data: { name, changed } }]);
}

/** What of a change was named. */
function given(change: PrincipalChange): JsonObject {
  const named = Object.entries(change).filter(
    (entry): entry is [string, string | string[] | null] => entry[1] !== undefined,
  );
  return Object.fromEntries(named);
}

/** Adds the chain. One query a step: it is looked up once a second, and hardly ever is more than two long. */
export async function withChain(db: Db, principal: Principal): Promise<Standing> {
  const above = await chainAbove(db, principal);
  // A circle is refused when it is made. Where the table has one all the same, nobody can tell who is behind it.
  if (above === 'circle') return { ...principal, chain: [], isChainDisabled: true };
  const isChainDisabled = above.length > LONGEST_CHAIN || above.some(({ disabledAt }) => disabledAt !== null);
  return { ...principal, chain: above.map(({ name }) => name), isChainDisabled };
}

async function chainAbove(db: Db | Transaction<Tables>, principal: Principal): Promise<Principal[] | 'circle'> {
  const chain: Principal[] = [];
  let next = principal.parent;
  while (next !== null && chain.length <= LONGEST_CHAIN) {
    if (next === principal.name) return 'circle';
    const row = await readRow(db, next);
    if (row === undefined) break;
    chain.push(toPrincipal(row));
    next = row.parent;
  }
  return chain;
}

/** How many generations of agents act on behalf of this one. */
async function depthBelow(tx: Transaction<Tables>, name: string): Promise<number> {
  let [depth, generation] = [0, [name]];
  while (depth <= LONGEST_CHAIN) {
    const rows = await tx.selectFrom('principals').select('name').where('parent', 'in', generation).execute();
    if (rows.length === 0) return depth;
    [depth, generation] = [depth + 1, rows.map((row) => row.name)];
  }
  return depth;
}

function readRow(db: Db | Transaction<Tables>, name: string): Promise<Selectable<PrincipalsTable> | undefined> {
  return db.selectFrom('principals').selectAll().where('name', '=', name).executeTakeFirst();
}

function toPrincipal({ tags_json, created_at, disabled_at, ...row }: Selectable<PrincipalsTable>): Principal {
  const tags = tags_json === null ? [] : (JSON.parse(tags_json) as string[]);
  return { ...row, tags, createdAt: created_at, disabledAt: disabled_at };
}

/** Whether one of these is disabled. */
export async function disabledAmong(store: Store, names: readonly string[]): Promise<boolean> {
  if (names.length === 0) return false;
  const disabled = store.db.selectFrom('principals').select('name').where('disabled_at', 'is not', null);
  return (await disabled.where('name', 'in', names).limit(1).executeTakeFirst()) !== undefined;
}
