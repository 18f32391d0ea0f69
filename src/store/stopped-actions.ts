import type { ActionStatus, StoppedAction } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import type { Store } from './open.ts';
import type { StopRow } from './stops-in-force.ts';

/** How many actions each of these stops has ended, and how many it found running. */
export async function countStopped(
  store: Store,
  stopIds: readonly string[],
): Promise<Map<string, { stopped: number; running: number }>> {
  const counts = new Map(stopIds.map((id) => [id, { stopped: 0, running: 0 }]));
  if (stopIds.length === 0) return counts;
  const rows = await store.db
    .selectFrom('stopped_actions')
    .select(['stop_id', sql<number>`case when was = 'claimed' then 1 else 0 end`.as('ran')])
    .select(({ fn }) => fn.countAll<number | string>().as('many'))
    .where('stop_id', 'in', stopIds)
    .groupBy(['stop_id', 'ran'])
    .execute();
  for (const { stop_id: id, ran, many } of rows) {
    const count = counts.get(id);
    if (count !== undefined) count[ran === 1 ? 'running' : 'stopped'] = Number(many);
  }
  return counts;
}

export interface StoppedFilter {
  stopId: string;
  /** Only those that ran already, or only those that never will. */
  running?: boolean | undefined;
  limit: number;
  /** The action that the page before ended with. */
  after?: string | undefined;
}

/** What a stop has met, in the order of the actions' ids. */
export async function listStopped(
  store: Store,
  { stopId, running, limit, after }: StoppedFilter,
): Promise<(Omit<StoppedAction, 'at'> & { at: number })[]> {
  let query = store.db
    .selectFrom('stopped_actions')
    .innerJoin('actions', 'actions.id', 'stopped_actions.action_id')
    .select(['actions.id as actionId', 'agent', 'type', 'target', 'was', 'status', 'at'])
    .where('stop_id', '=', stopId);
  if (running !== undefined) query = query.where('was', running ? '=' : '!=', 'claimed');
  if (after !== undefined) query = query.where('action_id', '>', after);
  return query.orderBy('action_id').limit(limit).execute();
}

/** The stop that ended an action, or undefined. */
export async function readStopOf(store: Store, actionId: string): Promise<StopRow | undefined> {
  return store.db
    .selectFrom('stops')
    .innerJoin('stopped_actions', 'stopped_actions.stop_id', 'stops.id')
    .selectAll('stops')
    .where('action_id', '=', actionId)
    .where('was', '!=', 'claimed' satisfies ActionStatus)
    .executeTakeFirst();
}
