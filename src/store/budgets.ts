import { createHash } from 'node:crypto';
import type { ActionStatus } from '@gatehouse/sdk/contract';
import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Store } from './open.ts';
import type { ReservationsTable, Tables } from './schema.ts';

export type Tx = Transaction<Tables>;

/** What an action would take from a budget. */
export type Reservation = Pick<ReservationsTable, 'rule' | 'budget' | 'terms' | 'amount'>;

/** A budget that is asked for what it holds. */
export interface BudgetQuery {
  budget: string;
  /** What was claimed before, in milliseconds since the epoch, no longer counts. */
  since: number;
  /** No more rows than this need to be added up. */
  most?: number | undefined;
}

/** The time of what may yet run: it counts in every window until it is claimed. */
export const NOT_YET = Number.MAX_SAFE_INTEGER;
/** What is older than the longest window that a limit may have is of no use. */
const KEPT_MS = 32 * 86_400_000;

/**
 * Keeps everybody else from these budgets until the transaction ends. It must be the transaction's first statement:
 * on SQLite a write that comes first waits for other writers, and one that comes after a read would fail.
 */
export async function lockBudgets(store: Store, tx: Tx, budgets: readonly string[], now: number): Promise<void> {
  if (store.kind === 'postgres') {
    // In one order for everybody, so that two who need the same two do not wait for each other.
    const locks = [...new Set(budgets.map(lockNumber))].sort();
    await sql`select pg_advisory_xact_lock(lock::bigint) from unnest(${locks}::text[]) as lock`.execute(tx);
  }
  await tx
    .deleteFrom('reservations')
    .where('budget', 'in', budgets)
    .where('at', '<', now - KEPT_MS)
    .execute();
}

function lockNumber(budget: string): string {
  return createHash('sha256').update(`budget ${budget}`).digest().readBigInt64BE().toString();
}

/** What the budgets hold without this action. */
export async function readSpent(
  tx: Tx,
  queries: readonly BudgetQuery[],
  actionId: string,
): Promise<Map<string, number>> {
  const spent = new Map<string, number>();
  for (const { budget, since, most } of queries) {
    let rows = tx
      .selectFrom('reservations')
      .select('amount')
      .where('budget', '=', budget)
      .where('at', '>', since)
      .where('action_id', '!=', actionId);
    if (most !== undefined) rows = rows.limit(most);
    const total = await tx
      .selectFrom(rows.as('window'))
      .select(({ fn }) => fn.sum<number | string | null>('amount').as('amount'))
      .executeTakeFirst();
    spent.set(budget, Number(total?.amount ?? 0));
  }
  return spent;
}

/** The terms on which the action has its places already, by rule. */
export async function readTerms(tx: Tx, actionId: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('reservations')
    .select(['rule', 'budget', 'terms'])
    .where('action_id', '=', actionId)
    .execute();
  return new Map(rows.map(({ rule, budget, terms }) => [rule, `${budget} ${terms}`]));
}

/** Writes what an action takes. Of one rule it takes once, however often the step runs. */
export async function reserve(
  tx: Tx,
  actionId: string,
  reservations: readonly Reservation[],
  at: number,
): Promise<void> {
  if (reservations.length === 0) return;
  await tx
    .insertInto('reservations')
    .values(reservations.map((each) => ({ ...each, action_id: actionId, at })))
    .onConflict((conflict) =>
      conflict.columns(['action_id', 'rule']).doUpdateSet((made) => ({
        budget: made.ref('excluded.budget'),
        terms: made.ref('excluded.terms'),
        amount: made.ref('excluded.amount'),
      })),
    )
    .execute();
}

const NEVER_RAN: ReadonlySet<ActionStatus> = new Set<ActionStatus>([
  'blocked',
  'rejected',
  'expired',
  'cancelled',
  'lapsed',
]);

/** What becomes of an action's reservations when it moves: its window begins with the claim, and what never ran gives back. */
export async function followMove(tx: Tx, actionId: string, status: ActionStatus, at: number): Promise<void> {
  if (NEVER_RAN.has(status)) await tx.deleteFrom('reservations').where('action_id', '=', actionId).execute();
  else if (status === 'claimed') {
    await tx.updateTable('reservations').set({ at }).where('action_id', '=', actionId).execute();
  }
}
