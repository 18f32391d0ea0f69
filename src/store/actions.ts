import type { ActionStatus } from '@gatehouse/sdk/contract';
import type { Insertable, Selectable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { NewEvent } from '../audit/events.ts';
import type { Tx } from './budgets.ts';
import { followMove } from './budgets.ts';
import { appendEvents } from './events.ts';
import type { GrantsTable } from './grant-tables.ts';
import { insertGrant, useGrant, type GrantUse } from './grants.ts';
import type { Store } from './open.ts';
import type { ActionsTable, ApprovalsTable } from './schema.ts';

export type ActionRow = Selectable<ActionsTable>;
export type ApprovalRow = Selectable<ApprovalsTable>;

/** The action as it is on record, or undefined. */
export async function readAction(store: Store, actionId: string): Promise<ActionRow | undefined> {
  return store.db.selectFrom('actions').selectAll().where('id', '=', actionId).executeTakeFirst();
}

/**
 * Puts a newly decided action on record, with its entries and its approval if it is held, in one transaction.
 * Returns false, and changes nothing, when the action is on record already. Throws `GrantSpentError` as `writeAction`.
 */
export async function insertAction(
  store: Store,
  row: Insertable<ActionsTable>,
  events: readonly NewEvent[],
  approval?: Insertable<ApprovalsTable>,
  use?: GrantUse,
): Promise<boolean> {
  const inserted = await store.db.transaction().execute((tx) => writeAction(tx, { row, events, approval, use }));
  if (inserted) store.changes.tell(row.id);
  return inserted;
}

/** Writes a decided action; false when it is on record already. Throws `GrantSpentError` for a use that is not to be had. */
export async function writeAction(tx: Tx, { row, events, approval, use }: NewAction): Promise<boolean> {
  const result = await tx
    .insertInto('actions')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (result.numInsertedOrUpdatedRows !== 1n) return false;
  if (approval !== undefined) await tx.insertInto('approvals').values(approval).execute();
  await appendEvents(tx, row.id, events);
  if (use !== undefined) await useGrant(tx, row.id, use);
  return true;
}

/** A decided action with what goes on record beside it. */
export interface NewAction {
  row: Insertable<ActionsTable>;
  events: readonly NewEvent[];
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
  /** Closes the approval with this id along with the move. */
  resolves?: { approvalId: string; set: Updateable<ApprovalsTable> };
  /** Opens another approval along with the move. */
  opens?: Insertable<ApprovalsTable>;
  /** The standing permission that comes with the move. */
  gives?: Insertable<GrantsTable>;
  events: readonly NewEvent[];
}

/**
 * Moves an action from one status to another, with its entries in the record, in one transaction. Returns whether it
 * moved: of two that try, one moves it.
 */
export async function moveAction(store: Store, move: Move): Promise<boolean> {
  const moved = await store.db.transaction().execute(async (tx) => {
    let update = tx
      .updateTable('actions')
      .set({ ...move.set, version: sql<number>`version + 1` })
      .where('id', '=', move.actionId)
      .where('status', 'in', move.from);
    if (move.claimId !== undefined) update = update.where('claim_id', '=', move.claimId);
    if (move.approvalId !== undefined) update = update.where('approval_id', '=', move.approvalId);
    const now = await update.returning(['reserved', 'status', 'claimed_at']).executeTakeFirst();
    if (now === undefined) return false;
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
    await appendEvents(tx, move.actionId, move.events);
    return true;
  });
  if (moved) store.changes.tell(move.actionId);
  return moved;
}

/** Adds entries to the record of an action that stays as it is, e.g. an attempt that was refused. */
export async function recordEvents(store: Store, actionId: string, events: readonly NewEvent[]): Promise<void> {
  await appendEvents(store.db, actionId, events);
}
