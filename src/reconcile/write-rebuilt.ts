import { isFinal, type JsonObject } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import type { NewEvent } from '../audit/events.ts';
import { followMove } from '../store/budgets.ts';
import { digestsOfJson } from '../audit/judgement-digests.ts';
import { appendEvents } from '../store/events.ts';
import { forgetArguments } from '../store/forget-arguments.ts';
import type { Store } from '../store/open.ts';
import type { DifferenceKind } from './difference.ts';
import type { Rebuilt } from './rebuild.ts';

/** Who repairs what, and when (milliseconds since the epoch). */
export interface Repair {
  kind: DifferenceKind;
  runId: string;
  actor: string;
  at: number;
}

/**
 * Brings the record to what was rebuilt, in one transaction, with an entry that says what was taken from where. What is
 * settled on record is never changed, and no entry that stands there is. Returns whether anything was written.
 */
export async function writeRebuilt(
  store: Store,
  { row, approvals, events, sources }: Rebuilt,
  repair: Repair,
): Promise<boolean> {
  const written = await store.db.transaction().execute(async (tx) => {
    const inserted = await tx
      .insertInto('actions')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    const isNew = inserted.numInsertedOrUpdatedRows === 1n;
    const stood = isNew
      ? undefined
      : await tx
          .selectFrom('actions')
          .select(['status', 'claimed_at', 'claim_id', 'reserved'])
          .where('id', '=', row.id)
          .executeTakeFirst();
    if (!isNew && (stood === undefined || (isFinal(stood.status) && repair.kind !== 'verdict_not_recorded')))
      return false;
    if (stood !== undefined && !isFinal(stood.status)) {
      const { status, approval_id, settled_at, settle_reason, result_json, error, run_context_json, run_digest } = row;
      const { claim_id: claimId, claimed_at: claimedAt, edit_json, opens_at, permit_until, permit_policy } = row;
      // The record alone knows of claims over HTTP: one that is there stays.
      const claim = stood.claim_id === null ? { claim_id: claimId, claimed_at: claimedAt } : {};
      await tx
        .updateTable('actions')
        .set({
          ...{ status, approval_id, settled_at, settle_reason, result_json, error, ...claim },
          ...{ run_context_json, run_digest, edit_json, opens_at, permit_until, permit_policy },
          version: sql<number>`version + 1`,
        })
        .where('id', '=', row.id)
        .execute();
      if (stood.reserved === 1) await followMove(tx, row.id, status, stood.claimed_at ?? claimedAt ?? repair.at);
    }
    for (const approval of approvals) {
      const { status, resolved_at, resolved_by, comment, unsigned, answerers } = approval;
      await tx
        .insertInto('approvals')
        .values(approval)
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ status, resolved_at, resolved_by, comment, unsigned, answerers })
            .where(sql.ref('approvals.status'), '=', 'pending'),
        )
        .execute();
    }
    const said = repaired(repair, sources, stood?.status ?? null, row.status);
    const entries = [...events, { ...said, data: { ...said.data, judgements: judgementsOf({ row, approvals }) } }];
    await appendEvents(
      tx,
      row.id,
      isFinal(row.status) ? await forgetArguments(tx, store.arguments, row.id, entries) : entries,
    );
    return true;
  });
  if (written) store.changes.tell(row.id);
  return written;
}

/** What was judged is found out anew, so that it may differ from what the entries before say of it. */
function judgementsOf({ row, approvals }: Pick<Rebuilt, 'row' | 'approvals'>): JsonObject[] {
  const edit = row.edit_json === null ? [] : [JSON.stringify((JSON.parse(row.edit_json) as JsonObject)['judgement'])];
  const written = [row.judgement_json, ...edit, ...approvals.map((approval) => approval.judgement_json)];
  return [...new Set(written)].map((json) => ({ ...digestsOfJson(json) }));
}

function repaired(
  { kind, runId, actor, at }: Repair,
  sources: Rebuilt['sources'],
  before: string | null,
  after: string,
): NewEvent {
  const data = { what: kind, from: 'the history in Temporal', runId, sources, before, after };
  return { kind: 'repaired', key: `repaired:${kind}:${String(sources['events'] ?? 0)}`, actor, at, data };
}
