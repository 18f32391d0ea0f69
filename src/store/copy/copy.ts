import { sql } from 'kysely';
import { migrations } from '../migrations/index.ts';
import type { Store } from '../open.ts';
import { TableDigest } from './digest.ts';
import { readRows, writeRows, type AnyTx } from './rows.ts';
import { tablesOf, type CopiedTable } from './tables.ts';

/** What came over of one table, and that it is the same on both sides. */
export interface CopiedRows {
  table: string;
  rows: number;
  /** See `TableDigest`. */
  digest: string;
}

/** A copy that is not what it was made from, or cannot be made. Nothing of it has been kept. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

export interface CopyOptions {
  /** Nobody may write to the source meanwhile: for a move, after which it is not used any more. SQLite only. */
  lockSource?: boolean;
  /** What is in the target is deleted first, in the same transaction. */
  replace?: boolean;
  onTable?: (copied: CopiedRows) => void;
}

/** True where nobody has used the store yet: no action, no key, no policy. */
export async function isEmptyStore({ db }: Store): Promise<boolean> {
  for (const table of ['actions', 'events', 'keys', 'policy_versions'] as const) {
    const row = await db
      .selectFrom(table)
      .select(sql<number>`1`.as('one'))
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) return false;
  }
  return true;
}

/**
 * Copies everything from one store to another, of either kind: in one transaction on each side, so that it is what the
 * source was at one moment, and all or nothing. Places and numbers stay as they are, so that the chain is intact. Each
 * table is read back and compared by its rows and their digest before anything is committed.
 *
 * @throws {CopyError} where the two are of different versions, or what was written is not what was read
 */
export async function copyStore(source: Store, target: Store, options: CopyOptions = {}): Promise<CopiedRows[]> {
  await assertSameVersion(source, target);
  const tables = await tablesOf(source);
  const isolation = source.kind === 'postgres' ? ('repeatable read' as const) : undefined;
  const reading = source.db.transaction();
  return (isolation === undefined ? reading : reading.setIsolationLevel(isolation)).execute(async (from) => {
    // A write that changes nothing takes the lock that keeps other writers out.
    if (options.lockSource === true) await sql`update chain_head set size = size`.execute(from);
    return target.db.transaction().execute(async (to) => {
      await makeRoom(target.kind, to, tables, options.replace === true);
      const copied: CopiedRows[] = [];
      for (const table of tables) {
        const was = new TableDigest(table);
        for await (const rows of readRows(source.kind, from, table)) {
          for (const row of rows) was.add(row);
          await writeRows(target.kind, to, table, rows);
        }
        await assertSame(target.kind, to, table, was);
        if (table.serial !== null && target.kind === 'postgres') await countOn(to, table.name, table.serial);
        copied.push({ table: table.name, rows: was.rows, digest: was.toString() });
        options.onTable?.({ table: table.name, rows: was.rows, digest: was.toString() });
      }
      return copied;
    });
  });
}

async function assertSameVersion(source: Store, target: Store): Promise<void> {
  const known = Object.keys(await migrations('integer').getMigrations());
  const [has, wants] = await Promise.all([source, target].map(appliedTo));
  if (has?.join() === wants?.join() && has?.join() === known.join()) return;
  throw new CopyError(
    `The two stores are of different versions (${has?.at(-1) ?? 'none'} and ${wants?.at(-1) ?? 'none'}): ` +
      'use the version of Gatehouse that wrote the newer one for both.',
  );
}

async function appliedTo({ db }: Store): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Takes out what the target holds: what its migrations put there, or with `replace` everything. */
async function makeRoom(
  kind: Store['kind'],
  to: AnyTx,
  tables: readonly CopiedTable[],
  replace: boolean,
): Promise<void> {
  if (kind === 'postgres' && replace) {
    // The record refuses to be emptied, which is right for everybody but for who puts another in its place.
    for (const { name } of tables) await sql`alter table ${sql.table(name)} disable trigger user`.execute(to);
    await sql`truncate ${sql.join(tables.map(({ name }) => sql.table(name)))}`.execute(to);
    for (const { name } of tables) await sql`alter table ${sql.table(name)} enable trigger user`.execute(to);
    return;
  }
  const keepers = kind === 'sqlite' && replace ? await withoutKeepers(to) : [];
  for (const { name } of tables.toReversed()) await sql`delete from ${sql.table(name)}`.execute(to);
  for (const keeper of keepers) await sql.raw(keeper).execute(to);
}

/** The same on SQLite, which can only drop triggers and make them again. Returns how. */
async function withoutKeepers(to: AnyTx): Promise<string[]> {
  const { rows } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master where type = 'trigger'
  `.execute(to);
  for (const { name } of rows) await sql`drop trigger ${sql.id(name)}`.execute(to);
  return rows.map((row) => row.sql);
}

async function assertSame(kind: Store['kind'], to: AnyTx, table: CopiedTable, was: TableDigest): Promise<void> {
  const is = new TableDigest(table);
  for await (const rows of readRows(kind, to, table)) for (const row of rows) is.add(row);
  if (is.rows === was.rows && is.toString() === was.toString()) return;
  throw new CopyError(
    `${table.name} did not come over whole: ${String(was.rows)} rows of ${was.toString()} were read, ` +
      `and ${String(is.rows)} of ${is.toString()} written. Nothing was kept.`,
  );
}

async function countOn(to: AnyTx, table: string, column: string): Promise<void> {
  await sql`
    select setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${sql.ref(column)}), 1), max(${sql.ref(column)}) is not null)
    from ${sql.table(table)}
  `.execute(to);
}
