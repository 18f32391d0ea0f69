import { sql, type Transaction } from 'kysely';
import type { Store } from '../open.ts';
import type { Tables } from '../schema.ts';
import type { CopiedTable } from './tables.ts';

export type Row = Readonly<Record<string, unknown>>;
export type AnyTx = Transaction<Tables>;

const BATCH = 500;
/** PostgreSQL takes 65,535 values in one statement. */
const MOST_VALUES = 60_000;

/** Reads a table in batches, all of it as it was when the transaction began, in bounded memory. */
export async function* readRows(kind: Store['kind'], tx: AnyTx, table: CopiedTable): AsyncGenerator<Row[]> {
  yield* kind === 'sqlite' ? readSqlite(tx, table) : readPostgres(tx, table);
}

async function* readSqlite(tx: AnyTx, { name, columns }: CopiedTable): AsyncGenerator<Row[]> {
  const wanted = sql.join(columns.map((column) => sql.ref(column)));
  for (let after = 0; ;) {
    const { rows } = await sql<Row & { gh_rowid: number }>`
      select rowid as gh_rowid, ${wanted} from ${sql.table(name)} where rowid > ${after} order by rowid limit ${BATCH}
    `.execute(tx);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.gh_rowid;
    yield rows;
  }
}

async function* readPostgres(tx: AnyTx, { name, columns }: CopiedTable): AsyncGenerator<Row[]> {
  const wanted = sql.join(columns.map((column) => sql.ref(column)));
  await sql`declare gh_copy no scroll cursor for select ${wanted} from ${sql.table(name)}`.execute(tx);
  try {
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.lit(BATCH)} from gh_copy`.execute(tx);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await sql`close gh_copy`.execute(tx);
  }
}

/** Writes rows as they are, numbers that the database counts up included. */
export async function writeRows(
  kind: Store['kind'],
  tx: AnyTx,
  table: CopiedTable,
  rows: readonly Row[],
): Promise<void> {
  if (kind === 'sqlite') {
    await writeSqlite(tx, table, rows);
    return;
  }
  const most = Math.max(1, Math.floor(MOST_VALUES / table.columns.length));
  for (let at = 0; at < rows.length; at += most) await writePostgres(tx, table, rows.slice(at, at + most));
}

/** As one value: the driver keeps each value of a statement for long, which adds up to gigabytes. */
async function writeSqlite(tx: AnyTx, { name, columns }: CopiedTable, rows: readonly Row[]): Promise<void> {
  const wanted = columns.map((_, index) => sql.raw(`json_extract(value, '$[${String(index)}]')`));
  const values = JSON.stringify(rows.map((row) => columns.map((column) => row[column] ?? null)));
  await sql`
    insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${sql.join(wanted)} from json_each(${values})
  `.execute(tx);
}

async function writePostgres(tx: AnyTx, { name, columns }: CopiedTable, rows: readonly Row[]): Promise<void> {
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => sql.val(row[column] ?? null)))})`);
  await sql`
    insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))}) values ${sql.join(values)}
  `.execute(tx);
}
