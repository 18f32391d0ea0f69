import type { StopScope } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import type { Tx } from './budgets.ts';
import { appendEvents } from './events.ts';
import type { Store } from './open.ts';
import { SWITCHBOARD, type StopRow } from './stops-in-force.ts';

/** Under this name the record keeps what happens to the stops. */
export const STOPS_RECORD = 'stops';

export interface NewStop {
  id: string;
  scope: StopScope;
  value: string | null;
  reason: string;
  by: string;
  /** As the record names whoever threw it, e.g. `reviewer:maria`. */
  actor: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The switchboard has another version than the one that something was judged under: nothing was written. */
export class StopsChangedError extends Error {
  override readonly name = 'StopsChangedError';

  constructor() {
    super('An emergency stop was thrown or lifted meanwhile, so it has to be judged again');
  }
}

/** @throws StopsChangedError where something was judged under another version than that of now; the transaction has to end with it. */
export async function assertJudgedUnder(tx: Tx, version: number): Promise<void> {
  const now = await tx.selectFrom('switchboard').select('version').where('id', '=', 1).executeTakeFirst();
  if (now?.version !== version) throw new StopsChangedError();
}

/**
 * Throws a stop. When this returns, no process lets anything run any more that the stop covers, and whatever it let run
 * before is on record to be found.
 *
 * INVARIANT: after a stop is thrown nothing new starts that it covers. What lets an action run is written only under the
 * version of the switchboard that it was judged under, and on PostgreSQL, where such a write may have looked before the
 * stop and still be on its way, this waits until all of them are over.
 */
export async function throwStop(store: Store, stop: NewStop): Promise<void> {
  const { id, scope, value, reason, by, actor, at } = stop;
  await store.db.transaction().execute(async (tx) => {
    await turn(store, tx);
    await tx
      .insertInto('stops')
      .values({
        ...{ id, scope, value, reason, thrown_by: by, thrown_at: at },
        ...{ lifted_by: null, lifted_at: null, lift_reason: null, carried_out_at: null },
      })
      .execute();
    const data = { stopId: id, scope, value, reason };
    await appendEvents(tx, STOPS_RECORD, [{ kind: 'stop_thrown', key: `thrown:${id}`, actor, at, data }]);
  });
  store.changes.tell(SWITCHBOARD);
  await settleWrites(store);
}

/** Waits until every write to an action that is under way has ended. SQLite has one writer, so there is none. */
export async function settleWrites(store: Store): Promise<void> {
  if (store.kind !== 'postgres') return;
  await store.db.transaction().execute(async (tx) => {
    await sql`lock table actions in share mode`.execute(tx);
  });
}

/** Lifts a stop. False where it was lifted before. What it has ended stays ended. */
export async function liftStop(
  store: Store,
  stop: StopRow,
  { by, actor, reason, at }: { by: string; actor: string; reason: string; at: number },
): Promise<boolean> {
  const { id, scope, value } = stop;
  const lifted = await store.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('stops')
      .set({ lifted_by: by, lifted_at: at, lift_reason: reason })
      .where('id', '=', id)
      .where('lifted_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await turn(store, tx);
    const data = { stopId: id, scope, value, reason };
    await appendEvents(tx, STOPS_RECORD, [{ kind: 'stop_lifted', key: `lifted:${id}`, actor, at, data }]);
    return true;
  });
  if (lifted) store.changes.tell(SWITCHBOARD);
  return lifted;
}

/** Makes everything that was judged before worthless, and tells the other processes with the commit. */
async function turn(store: Store, tx: Tx): Promise<void> {
  await tx
    .updateTable('switchboard')
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', 1)
    .execute();
  if (store.kind === 'postgres') await sql`select pg_notify('gatehouse_actions', ${SWITCHBOARD})`.execute(tx);
}
