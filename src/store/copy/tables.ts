import { sql } from 'kysely';
import type { Db, Store } from '../open.ts';

/** A table as it is copied: all of its columns, in the order of their names. */
export interface CopiedTable {
  name: string;
  columns: string[];
  /** The column that the database counts up, if it has one. */
  serial: string | null;
}

/**
 * The tables of a store, so that each comes after those that it refers to. Asked of the database itself, so that a table
 * that comes with a migration is never forgotten.
 */
export async function tablesOf({ db, kind }: Pick<Store, 'db' | 'kind'>): Promise<CopiedTable[]> {
  const known = await db.introspection.getTables();
  const tables = known
    .filter(({ isView }) => !isView)
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => column.name).sort(),
      serial: columns.find(({ isAutoIncrementing }) => isAutoIncrementing)?.name ?? null,
    }));
  const refersTo = kind === 'sqlite' ? await referencesOnSqlite(db, tables) : await referencesOnPostgres(db);
  const ordered: CopiedTable[] = [];
  const place = (table: CopiedTable): void => {
    if (ordered.includes(table)) return;
    for (const other of tables) {
      if (other !== table && refersTo.some(([from, to]) => from === table.name && to === other.name)) place(other);
    }
    ordered.push(table);
  };
  tables.sort((one, other) => (one.name < other.name ? -1 : 1)).forEach(place);
  return ordered;
}

type References = (readonly [from: string, to: string])[];

async function referencesOnSqlite(db: Db, tables: readonly CopiedTable[]): Promise<References> {
  const found = tables.map(async ({ name }) => {
    const { rows } = await sql<{ table: string }>`select "table" from pragma_foreign_key_list(${name})`.execute(db);
    return rows.map(({ table }) => [name, table] as const);
  });
  return (await Promise.all(found)).flat();
}

async function referencesOnPostgres(db: Db): Promise<References> {
  const { rows } = await sql<{ from: string; to: string }>`
    select f.relname as "from", t.relname as "to" from pg_constraint c
    join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid where c.contype = 'f'
  `.execute(db);
  return rows.map(({ from, to }) => [from, to] as const);
}
