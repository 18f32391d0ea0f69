import { writeAction, type NewAction } from './actions.ts';
import type { BudgetQuery, Reservation } from './budgets.ts';
import { lockBudgets, NOT_YET, readSpent, readTerms, reserve } from './budgets.ts';
import type { Store } from './open.ts';

/** The budgets that an action is held against. */
export interface AskedBudgets {
  actionId: string;
  queries: readonly BudgetQuery[];
  now: number;
  /** What the action has reserved is given back first. */
  anew?: boolean;
}

/**
 * Decides an action with its budgets at hand and writes it with what it takes, in one transaction in which nobody else
 * can take from them. Returns null, and changes nothing, when the action is on record already.
 *
 * INVARIANT: parallel calls cannot exceed a budget. What is read here is not changed by others until this is committed.
 */
export async function insertUnderBudgets<Decided extends NewAction & { reservations: readonly Reservation[] }>(
  store: Store,
  { actionId, queries, now }: AskedBudgets,
  decide: (spent: ReadonlyMap<string, number>) => Decided,
): Promise<Decided | null> {
  const written = await store.db.transaction().execute(async (tx) => {
    await lockBudgets(store, tx, namesOf(queries), now);
    const decided = decide(await readSpent(tx, queries, actionId));
    if (!(await writeAction(tx, decided))) return null;
    await reserve(tx, actionId, decided.reservations, decided.row.claimed_at ?? NOT_YET);
    return decided;
  });
  if (written !== null) store.changes.tell(actionId);
  return written;
}

/**
 * Weighs an action that has not run again, with its budgets at hand, and reserves what it does not have yet. An action
 * that has moved on meanwhile takes nothing more.
 */
export async function reserveAgain<Weighed extends { reservations: readonly Reservation[] }>(
  store: Store,
  { actionId, queries, now, anew = false }: AskedBudgets,
  weigh: (spent: ReadonlyMap<string, number>, terms: ReadonlyMap<string, string>) => Weighed,
): Promise<Weighed> {
  return store.db.transaction().execute(async (tx) => {
    if (queries.length > 0) await lockBudgets(store, tx, namesOf(queries), now);
    if (anew) await tx.deleteFrom('reservations').where('action_id', '=', actionId).execute();
    const weighed = weigh(await readSpent(tx, queries, actionId), await readTerms(tx, actionId));
    if (weighed.reservations.length === 0) return weighed;
    const { numUpdatedRows } = await tx
      .updateTable('actions')
      .set({ reserved: 1 })
      .where('id', '=', actionId)
      .where('status', 'in', ['held', 'scheduled', 'permitted'])
      .executeTakeFirst();
    if (numUpdatedRows === 1n) await reserve(tx, actionId, weighed.reservations, NOT_YET);
    return weighed;
  });
}

function namesOf(queries: readonly BudgetQuery[]): string[] {
  return queries.map(({ budget }) => budget);
}
