import { isFinal, type ActionStatus } from '@gatehouse/sdk/contract';
import type { Insertable, Selectable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { NewEvent } from '../audit/events.ts';
import type { Tx } from './budgets.ts';
import { followMove } from './budgets.ts';
import { appendEvents } from './events.ts';
import { forgetArguments } from './forget-arguments.ts';
import type { GrantsTable } from './grant-tables.ts';
import { insertGrant, useGrant, type GrantUse } from './grants.ts';
import type { Store } from './open.ts';
import type { ActionsTable, ApprovalsTable } from './schema.ts';
import { CURRENT_VERSION } from './stops-in-force.ts';
import { assertJudgedUnder } from './switchboard.ts';

export type ActionRow = Selectable<ActionsTable>;
export type ApprovalRow = Selectable<ApprovalsTable>;

/** The action as it is on record, or undefined. */
export async function readAction(store: Store, actionId: string): Promise<ActionRow | undefined> {
  return store.db.selectFrom('actions').selectAll().where('id', '=', actionId).executeTakeFirst();
}

/**
 * Puts a newly decided action on record, with its entries and its approval if it is held, in one transaction.
 * Returns false, and changes nothing, when the action is on record already. Throws what `writeAction` throws.
 */
export async function insertAction(store: Store, action: NewAction): Promise<boolean> {
  const inserted = await store.db.transaction().execute((tx) => writeAction(tx, action));
  if (inserted) store.changes.tell(action.row.id);
  return inserted;
}

/**
 * Writes a decided action; false when it is on record already. Throws `GrantSpentError` for a use that is not to be had, and
 * `StopsChangedError` where it was judged under other stops than those of now.
 */
export async function writeAction(tx: Tx, { row, events, judgedUnder, approval, use }: NewAction): Promise<boolean> {
  const columns = Object.keys(row) as (keyof ActionsTable)[];
  // The condition travels in the statement that writes: a look beforehand would be a round trip, and old by then.
  const result = await tx
    .insertInto('actions')
    .columns(columns)
    .expression(
      sql`select ${sql.join(columns.map((column) => row[column]))} where ${CURRENT_VERSION} = ${sql.lit(judgedUnder)}`,
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (result.numInsertedOrUpdatedRows !== 1n) {
    await assertJudgedUnder(tx, judgedUnder);
    return false;
  }
  if (approval !== undefined) await tx.insertInto('approvals').values(approval).execute();
  await appendEvents(tx, row.id, events);
  if (use !== undefined) await useGrant(tx, row.id, use);
  return true;
}

/** A decided action with what goes on record beside it. */
export interface NewAction {
  row: Insertable<ActionsTable>;
  events: readonly NewEvent[];
  /** The version of the switchboard that it was judged under. */
  judgedUnder: number;
  approval?: Insertable<ApprovalsTable> | undefined;
  /** Counts as a use of the standing permission that answered it. */
  use?: GrantUse | undefined;
}

export interface Move {
  actionId: string;
  /** The statuses that the action may be in; in any other nothing happens. */
  from: readonly ActionStatus[];
  /** Only if the permit is held under this claim. */
  claimId?: string;
  /** Only while this approval is the one that is asked. */
  approvalId?: string;
  set: Updateable<ActionsTable>;
  /** The version of the switchboard that it was judged under. A move to where it may run must say. */
  judgedUnder?: number;
  /** Closes the approval with this id along with the move. */
  resolves?: { approvalId: string; set: Updateable<ApprovalsTable> };
  /** Opens another approval along with the move. */
  opens?: Insertable<ApprovalsTable>;
  /** The standing permission that comes with the move. */
  gives?: Insertable<GrantsTable>;
  events: readonly NewEvent[];
}

/** Where an action may run, or comes to it without another decision of the gate's. */
const MAY_RUN: ReadonlySet<ActionStatus | undefined> = new Set<ActionStatus>([
  'held',
  'scheduled',
  'permitted',
  'claimed',
]);

/**
 * Moves an action from one status to another, with its entries in the record, in one transaction. Returns whether it
 * moved: of two that try, one moves it.
 *
 * @throws StopsChangedError where it was judged under other stops than those of now
 */
export async function moveAction(store: Store, move: Move): Promise<boolean> {
  const { judgedUnder } = move;
  // INVARIANT: after a stop is thrown nothing new starts that it covers.
  if (judgedUnder === undefined && MAY_RUN.has(move.set.status)) {
    throw new Error(`${move.actionId} cannot become ${String(move.set.status)} without the stops it was judged under`);
  }
  const moved = await store.db.transaction().execute(async (tx) => {
    let update = tx
      .updateTable('actions')
      .set({ ...move.set, version: sql<number>`version + 1` })
      .where('id', '=', move.actionId)
      .where('status', 'in', move.from);
    if (move.claimId !== undefined) update = update.where('claim_id', '=', move.claimId);
    if (move.approvalId !== undefined) update = update.where('approval_id', '=', move.approvalId);
    if (judgedUnder !== undefined) update = update.where(CURRENT_VERSION, '=', judgedUnder);
    const now = await update.returning(['reserved', 'status', 'claimed_at']).executeTakeFirst();
    if (now === undefined) {
      if (judgedUnder !== undefined) await assertJudgedUnder(tx, judgedUnder);
      return false;
    }
    if (now.reserved === 1) await followMove(tx, move.actionId, now.status, now.claimed_at ?? Date.now());
    if (move.resolves !== undefined) {
      await tx
        .updateTable('approvals')
        .set(move.resolves.set)
        .where('id', '=', move.resolves.approvalId)
        .where('status', '=', 'pending')
        .execute();
    }
    if (move.gives !== undefined) await insertGrant(tx, move.gives);
    if (move.opens !== undefined) await tx.insertInto('approvals').values(move.opens).execute();
    const events = isFinal(now.status)
      ? await forgetArguments(tx, store.arguments, move.actionId, move.events)
      : move.events;
    await appendEvents(tx, move.actionId, events);
    return true;
  });
  if (moved) store.changes.tell(move.actionId);
  return moved;
}

/** Adds entries to the record of an action that stays as it is, e.g. an attempt that was refused. */
export async function recordEvents(store: Store, actionId: string, events: readonly NewEvent[]): Promise<void> {
  await appendEvents(store.db, actionId, events);
}
