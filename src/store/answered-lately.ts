import type { Store } from './open.ts';

/** So many entries, whatever they are, are looked through, from the last one back. */
const LATELY = 5_000;
const MOST = 200;

/** The actions that people answered or withdrew last: within the last few thousand entries of the record. */
export async function answeredLately({ db }: Store): Promise<string[]> {
  const { last } = await db
    .selectFrom('events')
    .select(({ fn }) => fn.max<number | string | null>('seq').as('last'))
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('events')
    .select('action_id')
    .where('seq', '>', Number(last ?? 0) - LATELY)
    .where('kind', 'in', ['verdict', 'cancelled'])
    .groupBy('action_id')
    .orderBy(({ fn }) => fn.max('seq'), 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ action_id: id }) => id);
}
