import { sql } from 'kysely';
import { ERASED_ARGUMENTS } from '../audit/arguments/on-record.ts';
import type { Tx } from './budgets.ts';
import { appendEvents } from './events.ts';
import { withoutEvidence } from './forget-arguments.ts';
import type { Store } from './open.ts';

export interface Redaction {
  actionId: string;
  /** Who, e.g. `operator:maria`. */
  actor: string;
  reason: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * Erases what an action and its questions hold of the outside: arguments, result, error, purpose, comments, and the data of
 * its sealed entries with their salts. Who did so, why, and what is gone is an entry of its own, in the same transaction.
 *
 * @returns the keys of the entries whose data is gone; null where none was left to erase
 */
export async function redactAction(
  store: Store,
  { actionId, actor, reason, at }: Redaction,
): Promise<readonly string[] | null> {
  return store.db.transaction().execute(async (tx) => {
    const erased = await tx
      .updateTable('events')
      .set({ data_json: '{}', salt: null })
      .where('action_id', '=', actionId)
      .where('place', 'is not', null)
      .where('salt', 'is not', null)
      .where('kind', '!=', 'redacted')
      .returning(['key', 'place'])
      .execute();
    if (erased.length === 0) return null;
    const inOrder = erased.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0));
    const keys = inOrder.map(({ key }) => key);
    await eraseRows(tx, actionId);
    const data = { reason, keys };
    await appendEvents(tx, actionId, [{ kind: 'redacted', key: `redacted:${String(at)}`, actor, at, data }]);
    return keys;
  });
}

async function eraseRows(tx: Tx, actionId: string): Promise<void> {
  const action = await tx.selectFrom('actions').select('judgement_json').where('id', '=', actionId).executeTakeFirst();
  if (action === undefined) return;
  await tx
    .updateTable('actions')
    .set({
      context_json: ERASED_ARGUMENTS,
      run_context_json: sql`case when run_context_json is null then null else ${ERASED_ARGUMENTS} end`,
      judgement_json: withoutEvidence(action.judgement_json),
      ...{ purpose: null, result_json: null, error: null, settle_reason: null, edit_json: null },
      ...{ tool_json: null, session: null, tags_json: null, asker_json: null },
      version: sql<number>`version + 1`,
    })
    .where('id', '=', actionId)
    .execute();
  const approvals = await tx
    .selectFrom('approvals')
    .select(['id', 'judgement_json'])
    .where('action_id', '=', actionId)
    .execute();
  for (const approval of approvals) {
    const judgement_json = withoutEvidence(approval.judgement_json);
    await tx
      .updateTable('approvals')
      .set({ judgement_json, comment: null, preview_json: null, round_json: null, edited_json: null })
      .where('id', '=', approval.id)
      .execute();
  }
}
