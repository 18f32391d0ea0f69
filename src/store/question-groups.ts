import type { Severity } from '@gatehouse/sdk/contract';
import { sql, type Expression, type RawBuilder } from 'kysely';
import { isPending, matchingApprovals, type ApprovalFilter, type ApprovalOrder } from './lists.ts';
import type { Store } from './open.ts';

/** Open questions that are alike. Times are milliseconds since the epoch. */
export interface QuestionGroup {
  key: string;
  agent: string;
  count: number;
  oldest: number;
  newest: number;
  /** The highest of its questions, and the worst. */
  risk: number;
  severity: Severity;
  /** Which of its agent's groups it is in the order that was asked for, from 1. */
  turn: number;
}

/** A place among groups: the one group that is there. */
export interface GroupPlace {
  turn: number;
  /** What the order goes by: a time, or a risk. */
  by: number;
  key: string;
}

export interface GroupFilter extends Omit<ApprovalFilter, 'status' | 'secondLook' | 'group' | 'after'> {
  after?: GroupPlace;
}

/** What each order goes by, and in which direction. */
const ORDERS = {
  newest: { column: 'newest', direction: 'desc' },
  oldest: { column: 'oldest', direction: 'asc' },
  riskiest: { column: 'risk', direction: 'desc' },
} as const satisfies Record<ApprovalOrder, { column: keyof QuestionGroup; direction: 'asc' | 'desc' }>;

/** From mild to bad, so that a database can find the worst. */
const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[];

/**
 * The groups of open questions, agent by agent in turns: first the first group of each agent, then the second of each.
 *
 * INVARIANT: F19 whatever one agent asks, the first group of every other one comes before its second.
 */
export async function listGroups(store: Store, filter: GroupFilter): Promise<QuestionGroup[]> {
  const { order = 'newest', after, limit } = filter;
  const { column, direction } = ORDERS[order];
  const groups = matchingApprovals(store, filter)
    .where(isPending)
    .select(({ fn }) => [
      'group_key as key',
      fn.min('agent').as('agent'),
      fn.countAll<number>().as('count'),
      fn.min('requested_at').as('oldest'),
      fn.max('requested_at').as('newest'),
      fn.max('risk_score').as('risk'),
      fn.max<number>(rankOf(sql.ref('severity'))).as('worst'),
    ])
    .groupBy('group_key');
  const ranked = store.db
    .selectFrom(groups.as('groups'))
    .selectAll()
    .select(({ fn }) =>
      fn
        .agg<number>('row_number')
        .over((over) => over.partitionBy('agent').orderBy(column, direction).orderBy('key', direction))
        .as('turn'),
    );
  let query = store.db.selectFrom(ranked.as('ranked')).selectAll();
  if (after !== undefined) {
    const later = direction === 'asc' ? '>' : '<';
    query = query.where((where) =>
      where.or([
        where('turn', '>', after.turn),
        where.and([where('turn', '=', after.turn), where(column, later, after.by)]),
        where.and([where('turn', '=', after.turn), where(column, '=', after.by), where('key', later, after.key)]),
      ]),
    );
  }
  const rows = await query.orderBy('turn').orderBy(column, direction).orderBy('key', direction).limit(limit).execute();
  return rows.map(({ worst, ...group }) => ({ ...group, severity: SEVERITIES[worst] ?? 'critical' }));
}

/** Where a group stands in an order. */
export function placeOf(group: QuestionGroup, order: ApprovalOrder = 'newest'): GroupPlace {
  return { turn: group.turn, by: group[ORDERS[order].column], key: group.key };
}

/** The ids of the newest questions of some groups, so many of each, the newest first. */
export async function newestOf(
  store: Store,
  keys: readonly string[],
  filter: GroupFilter,
  most: number,
): Promise<Map<string, string[]>> {
  if (keys.length === 0) return new Map();
  const numbered = matchingApprovals(store, filter)
    .where(isPending)
    .where('group_key', 'in', keys)
    .select(({ fn }) => [
      'id',
      'group_key as key',
      fn
        .agg<number>('row_number')
        .over((over) => over.partitionBy('group_key').orderBy('requested_at', 'desc').orderBy('id', 'desc'))
        .as('nth'),
    ]);
  const rows = await store.db
    .selectFrom(numbered.as('numbered'))
    .select(['id', 'key'])
    .where('nth', '<=', most)
    .orderBy('key')
    .orderBy('nth')
    .execute();
  const ids = new Map<string, string[]>();
  for (const { id, key } of rows) ids.set(key, [...(ids.get(key) ?? []), id]);
  return ids;
}

function rankOf(severity: Expression<unknown>): RawBuilder<number> {
  const cases = SEVERITIES.map((word, rank) => sql`when ${sql.lit(word)} then ${sql.lit(rank)}`);
  return sql<number>`case ${severity} ${sql.join(cases, sql` `)} else ${sql.lit(SEVERITIES.length - 1)} end`;
}
