import type { Store } from '../store/open.ts';
import type { RecordSeen } from './compare.ts';
import type { Window } from './effects.ts';
import { listWorkflows, type TemporalSide } from './workflows.ts';

const PAGE = 1_000;

/** How many actions of the record Temporal should still have: those that are open, or were settled after `horizon`. */
export async function countKept(store: Store, { since, until }: Window, horizon: number): Promise<number> {
  const { kept } = await store.db
    .selectFrom('actions')
    .select(({ fn }) => fn.countAll<number>().as('kept'))
    .where('requested_at', '>=', since)
    .where('requested_at', '<=', until)
    .where((where) => where.or([where('settled_at', 'is', null), where('settled_at', '>=', horizon)]))
    .executeTakeFirstOrThrow();
  return kept;
}

/**
 * The actions on record that no list of Temporal's has. It holds every id of the list in memory, about 100 bytes each, so
 * it is for when the counts have shown that there are some.
 */
export async function* recordsWithoutWorkflow(
  store: Store,
  temporal: TemporalSide,
  { since, until }: Window,
  horizon: number,
): AsyncGenerator<RecordSeen> {
  const listed = new Set<string>();
  for await (const page of listWorkflows(temporal, null)) for (const { actionId } of page) listed.add(actionId);
  for (let after = ''; ;) {
    const rows = await store.db
      .selectFrom('actions')
      .select(['id', 'status', 'digest', 'mode', 'requested_at', 'settled_at', 'claim_id'])
      .where('requested_at', '>=', since)
      .where('requested_at', '<=', until)
      .where((where) => where.or([where('settled_at', 'is', null), where('settled_at', '>=', horizon)]))
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const row of rows) if (!listed.has(row.id)) yield row;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}
