import type { Loosening } from '@gatehouse/sdk/contract';
import type { Selectable } from 'kysely';
import { appendEvents } from './events.ts';
import type { Store } from './open.ts';
import type { ActivationsTable } from './schema.ts';

export type ActivationRow = Selectable<ActivationsTable>;

/** A policy that comes into force, before the store gives it its place. */
export interface NewActivation {
  digest: string;
  /** Whether the stored text holds until somebody lifts it; otherwise the folder's files do. */
  pinned: boolean;
  /** Who: `admin:…` for a person, `process:…` for files that changed. */
  actor: string;
  reason: string;
  at: number;
  /** What it loosens against the one before. */
  loosened: readonly Loosening[];
}

/** Under this name the record keeps what happens to the policy; actions have ids of their own. */
export const POLICY_RECORD = 'policy';

/** Which activation holds now: the last one; undefined before the first. */
export async function readActivation(store: Store): Promise<ActivationRow | undefined> {
  return store.db.selectFrom('activations').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst();
}

/** The activations, newest first. */
export async function listActivations(store: Store, limit: number, digest?: string): Promise<ActivationRow[]> {
  const all = store.db.selectFrom('activations').selectAll().orderBy('seq', 'desc').limit(limit);
  return digest === undefined ? all.execute() : all.where('digest', '=', digest).execute();
}

/**
 * Puts on record that a policy comes into force, after the activation that the caller has seen last. Of several that
 * come after the same one, one is written; the others get undefined and have to look again.
 */
export async function appendActivation(
  store: Store,
  { digest, pinned, actor, reason, at, loosened }: NewActivation,
  last: ActivationRow | undefined,
): Promise<ActivationRow | undefined> {
  const previous = last?.digest ?? null;
  return store.db.transaction().execute(async (tx) => {
    const row = await tx
      .insertInto('activations')
      .values({
        seq: (last?.seq ?? 0) + 1,
        digest,
        previous,
        pinned: pinned ? 1 : 0,
        actor,
        reason,
        at,
        loosened_json: JSON.stringify(loosened),
      })
      .onConflict((conflict) => conflict.column('seq').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const data = { digest, previous, pinned, reason, loosened: [...loosened] };
    const key = `activated:${String(row.seq)}`;
    await appendEvents(tx, POLICY_RECORD, [{ kind: 'policy_activated', key, actor, at, data }]);
    return row;
  });
}
