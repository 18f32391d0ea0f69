import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db, Store } from './open.ts';
import type { EventsTable } from './schema.ts';

export type EventRow = Selectable<EventsTable>;

/** An entry that has its place in the chain. The salt is null where its data was erased. */
export type SealedRow = EventRow & { place: number; data_digest: string; hash: string };

/** How long the chain is, and the hash of its last entry. */
export interface ChainHead {
  size: number;
  hash: string;
}

/** What sealing adds to an entry. */
export interface Seal {
  /** The entry's `seq` in the table. */
  row: number;
  place: number;
  salt: string;
  dataDigest: string;
  hash: string;
}

/** The head of the chain as its own row has it. */
export async function readHead(store: Store): Promise<ChainHead> {
  return store.db.selectFrom('chain_head').select(['size', 'hash']).where('id', '=', 1).executeTakeFirstOrThrow();
}

/**
 * Entries that have no place yet, in the order in which they were written. On PostgreSQL an entry may become visible after
 * one of a higher number; within one action that happens only to entries of which neither knew of the other.
 */
export async function readUnsealed(store: Store, limit: number): Promise<EventRow[]> {
  return store.db.selectFrom('events').selectAll().where('place', 'is', null).orderBy('seq').limit(limit).execute();
}

/** Entries of a kind that have no place yet. */
export async function readUnsealedOf(store: Store, kind: EventRow['kind']): Promise<EventRow[]> {
  const unsealed = store.db.selectFrom('events').selectAll().where('place', 'is', null);
  return unsealed.where('kind', '=', kind).execute();
}

/**
 * Lengthens the chain from one head to the next, in one transaction. Returns false, and changes nothing, when somebody
 * else has lengthened it since that head was read.
 */
export async function appendSeals(
  store: Store,
  from: ChainHead,
  to: ChainHead,
  seals: readonly Seal[],
): Promise<boolean> {
  return store.db.transaction().execute(async (tx) => {
    // First of all: it takes the lock, on both databases, that keeps a second sealer out.
    const { numUpdatedRows } = await tx
      .updateTable('chain_head')
      .set(to)
      .where('id', '=', 1)
      .where('size', '=', from.size)
      .where('hash', '=', from.hash)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    const { numAffectedRows } = await sealRows(tx, seals);
    if (numAffectedRows !== BigInt(seals.length)) {
      throw new Error(`Of ${String(seals.length)} entries ${String(numAffectedRows)} could be sealed: nothing was`);
    }
    return true;
  });
}

function sealRows(db: Db, seals: readonly Seal[]) {
  const rows = seals.map(
    ({ row, place, salt, dataDigest, hash }) =>
      sql`(cast(${row} as bigint), cast(${place} as bigint), ${salt}, ${dataDigest}, ${hash})`,
  );
  return sql`
    with seals (seq, place, salt, data_digest, hash) as (values ${sql.join(rows)})
    update events
    set place = seals.place, salt = seals.salt, data_digest = seals.data_digest, hash = seals.hash
    from seals
    where events.seq = seals.seq and events.place is null
  `.execute(db);
}

/** The entry at a place of the chain, or undefined. */
export async function readSealedAt(store: Store, place: number): Promise<EventRow | undefined> {
  return store.db.selectFrom('events').selectAll().where('place', '=', place).executeTakeFirst();
}

/** Streams the chain in pages, from the entry after a place on, as it stands in the table: gaps are the reader's to find. */
export async function* readChain(store: Store, after = 0, pageSize = 1_000): AsyncGenerator<SealedRow[]> {
  let last = after;
  let row = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = await store.db
      .selectFrom('events')
      .selectAll()
      .where('place', '>=', last)
      // A place that is taken twice must not be lost between two pages.
      .where((where) => where.or([where('place', '>', last), where('seq', '>', row)]))
      .orderBy('place')
      .orderBy('seq')
      .limit(pageSize)
      .execute();
    const end = page.at(-1);
    if (end?.place == null) return;
    yield page as SealedRow[];
    last = end.place;
    row = end.seq;
  }
}

/** How many entries wait for their place, and since when (milliseconds since the epoch). */
export async function readBacklog(store: Store): Promise<{ entries: number; since: number | null }> {
  const { entries, since } = await store.db
    .selectFrom('events')
    .select(({ fn }) => [fn.countAll<number | string>().as('entries'), fn.min('at').as('since')])
    .where('place', 'is', null)
    .executeTakeFirstOrThrow();
  return { entries: Number(entries), since };
}
