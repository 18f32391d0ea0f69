import { sql } from 'kysely';
import type { Store } from '../store/open.ts';
import { difference, type Difference } from './difference.ts';
import type { Reconciliation } from './wire.ts';

/** Which actions of the record are counted, by when they were asked for, in milliseconds since the epoch. */
export interface Window {
  since: number;
  until: number;
}

const PAGE = 500;

/** Counts what the record says of its actions, of the permits that were claimed and of the effects that were told. */
export async function countRecord(
  store: Store,
  { since, until }: Window,
): Promise<{ open: number; settled: number; effects: Reconciliation['effects'] }> {
  const rows = await store.db
    .selectFrom('actions')
    .select(['status', sql<number>`count(*)`.as('actions'), sql<number>`count(claim_id)`.as('claims')])
    .where('requested_at', '>=', since)
    .where('requested_at', '<=', until)
    .groupBy('status')
    .execute();
  const sum = (statuses: readonly string[] | null, of: 'actions' | 'claims'): number =>
    rows.filter(({ status }) => statuses?.includes(status) ?? true).reduce((total, row) => total + row[of], 0);
  const open = sum(['held', 'scheduled', 'permitted', 'claimed'], 'actions');
  return {
    open,
    settled: sum(null, 'actions') - open,
    effects: {
      claims: sum(null, 'claims'),
      reported: sum(['succeeded', 'failed'], 'actions'),
      unknown: sum(['unknown'], 'actions'),
    },
  };
}

/** The effects on record that nobody had claimed: by the row, or by the entry that every claim leaves. */
export async function* unclaimedEffects(store: Store, { since, until }: Window): AsyncGenerator<Difference> {
  for (let after = ''; ;) {
    const rows = await store.db
      .selectFrom('actions')
      .select(['id', 'status', 'claim_id'])
      .where('requested_at', '>=', since)
      .where('requested_at', '<=', until)
      .where('status', 'in', ['succeeded', 'failed', 'unknown'])
      .where('id', '>', after)
      .where((where) =>
        where.or([
          where('claim_id', 'is', null),
          where.not(
            where.exists(
              where
                .selectFrom('events')
                .select('events.seq')
                .whereRef('events.action_id', '=', 'actions.id')
                .where('events.key', '=', 'claimed'),
            ),
          ),
        ]),
      )
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const { id: actionId, status, claim_id: claimId } of rows) {
      yield difference(
        'effect_without_claim',
        { actionId, runId: null },
        { record: { status, claimId, entry: null }, temporal: null },
      );
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}
