import type { Store } from './open.ts';
import type { StopRow } from './stops-in-force.ts';

/** One stop, or undefined. */
export async function readStop(store: Store, id: string): Promise<StopRow | undefined> {
  return store.db.selectFrom('stops').selectAll().where('id', '=', id).executeTakeFirst();
}

export interface StopFilter {
  inForce?: boolean | undefined;
  limit: number;
  after?: { at: number; id: string } | undefined;
}

/** Stops, the newest first. */
export async function listStops(store: Store, { inForce, limit, after }: StopFilter): Promise<StopRow[]> {
  let query = store.db.selectFrom('stops').selectAll();
  if (inForce !== undefined) query = query.where('lifted_at', inForce ? 'is' : 'is not', null);
  if (after !== undefined) {
    query = query.where((where) =>
      where.or([
        where('thrown_at', '<', after.at),
        where.and([where('thrown_at', '=', after.at), where('id', '<', after.id)]),
      ]),
    );
  }
  return query.orderBy('thrown_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** The stops whose actions' workflows have not all been told yet. */
export async function listUnfinishedStops(store: Store): Promise<string[]> {
  const rows = await store.db.selectFrom('stops').select('id').where('carried_out_at', 'is', null).execute();
  return rows.map(({ id }) => id);
}

/** Notes that nothing is left to do for a stop. */
export async function markCarriedOut(store: Store, id: string, at: number): Promise<void> {
  await store.db
    .updateTable('stops')
    .set({ carried_out_at: at })
    .where('id', '=', id)
    .where('carried_out_at', 'is', null)
    .execute();
}
