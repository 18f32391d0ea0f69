import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from './budgets.ts';
import { appendEvents } from './events.ts';
import type { GrantsTable } from './grant-tables.ts';
import type { Store } from './open.ts';

export type GrantRow = Selectable<GrantsTable>;

/** The use of a standing permission by one action, on terms that may be stricter than those under which it was given. */
export interface GrantUse {
  grantId: string;
  /** The policy in force permits so many uses by now, whatever was given. */
  most: number;
  at: number;
}

/** Somebody else had the last use of the permission, or it was revoked meanwhile: nothing was written. */
export class GrantSpentError extends Error {
  override readonly name = 'GrantSpentError';

  constructor(readonly grantId: string) {
    super(`The standing permission ${grantId} can no longer be used`);
  }
}

/** Writes the permission that goes with an approval. Doing it again changes nothing. */
export async function insertGrant(tx: Tx, row: Insertable<GrantsTable>): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('grants')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return;
  const { id, name, agent, uses, approval_id: approvalId, expires_at: until } = row;
  const data = { name, agent, uses, approvalId, expiresAt: new Date(until).toISOString() };
  await appendEvents(tx, id, [
    { kind: 'granted', key: 'granted', actor: `reviewer:${row.given_by}`, at: row.given_at, data },
  ]);
}

/**
 * Counts one use by the action that is being written in this transaction.
 *
 * INVARIANT: a standing permission is never used more often than it says. One conditional write counts a use, and it is
 * undone with everything else where the action is not written.
 *
 * @throws GrantSpentError where it cannot be used any more; the transaction has to end with it.
 */
export async function useGrant(tx: Tx, actionId: string, { grantId, most, at }: GrantUse): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('grants')
    .set({ used: sql<number>`used + 1` })
    .where('id', '=', grantId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .where('used', '<', most)
    .whereRef('used', '<', 'uses')
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new GrantSpentError(grantId);
  await appendEvents(tx, grantId, [
    { kind: 'grant_used', key: `used:${actionId}`, actor: 'gateway', at, data: { actionId } },
  ]);
}

/** The live permissions of an agent for one type of action on one target, the one that ends first in front. */
export async function readLiveGrants(
  store: Store,
  { agent, type, target }: { agent: string; type: string; target: string },
  at: number,
): Promise<GrantRow[]> {
  return store.db
    .selectFrom('grants')
    .selectAll()
    .where('agent', '=', agent)
    .where('type', '=', type)
    .where('target', '=', target)
    .where('expires_at', '>', at)
    .where('revoked_at', 'is', null)
    .whereRef('used', '<', 'uses')
    .orderBy('expires_at')
    .orderBy('id')
    .limit(MOST_TRIED)
    .execute();
}

/** More permissions than this for the same thing help nobody. */
const MOST_TRIED = 50;

/** One permission, or undefined. */
export async function readGrant(store: Store, id: string): Promise<GrantRow | undefined> {
  return store.db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst();
}

export interface GrantFilter {
  agent?: string | undefined;
  /** Only what is live at this time, or only what is not. */
  live?: { is: boolean; at: number } | undefined;
  limit: number;
  after?: { at: number; id: string } | undefined;
}

/** Permissions, the newest first. */
export async function listGrants(store: Store, { agent, live, limit, after }: GrantFilter): Promise<GrantRow[]> {
  let query = store.db.selectFrom('grants').selectAll();
  if (agent !== undefined) query = query.where('agent', '=', agent);
  if (live !== undefined) {
    query = query.where((where) => {
      const isLive = where.and([
        where('expires_at', '>', live.at),
        where('revoked_at', 'is', null),
        where('used', '<', where.ref('uses')),
      ]);
      return live.is ? isLive : where.not(isLive);
    });
  }
  if (after !== undefined) {
    query = query.where((where) =>
      where.or([
        where('given_at', '<', after.at),
        where.and([where('given_at', '=', after.at), where('id', '<', after.id)]),
      ]),
    );
  }
  return query.orderBy('given_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Takes a permission back. False where it was taken back before; what it allowed until then stands. */
export async function revokeGrant(
  store: Store,
  id: string,
  { actor, by, reason, at }: { actor: string; by: string; reason: string; at: number },
): Promise<boolean> {
  return store.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('grants')
      .set({ revoked_by: by, revoked_at: at })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await appendEvents(tx, id, [{ kind: 'grant_revoked', key: 'revoked', actor, at, data: { reason } }]);
    return true;
  });
}
