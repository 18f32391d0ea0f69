import type { Store } from '../../../store/open.ts';
import { median, moment, type Cell, type Period, type Report } from './report.ts';

/** What people were asked in a period, who answered what, and how long each took. */
export async function approvalsReport({ db }: Store, period: Period): Promise<Report> {
  const asked = await db
    .selectFrom('approvals')
    .innerJoin('actions', 'actions.id', 'approvals.action_id')
    .select([
      'approvals.id as id',
      'approvals.agent as agent',
      'actions.type as type',
      'actions.target as target',
      'approvals.severity as severity',
      'approvals.requested_at as at',
      'approvals.status as status',
      'approvals.resolved_at as resolvedAt',
      'approvals.resolved_by as by',
      'approvals.comment as comment',
      'approvals.unsigned as unsigned',
      'approvals.break_glass as breakGlass',
    ])
    .where('approvals.requested_at', '>=', period.from)
    .where('approvals.requested_at', '<', period.to)
    .orderBy('approvals.requested_at')
    .execute();
  const people = new Map<string, typeof asked>();
  for (const one of asked) {
    if (one.by === null || one.status === 'cancelled') continue;
    people.set(one.by, [...(people.get(one.by) ?? []), one]);
  }
  return {
    name: 'approvals',
    title: 'Approvals',
    period,
    sections: [
      {
        title: 'Questions and answers',
        columns: [
          ...['approval', 'agent', 'action', 'target', 'severity', 'asked', 'status', 'answered', 'seconds', 'by'],
          ...['comment', 'unsigned', 'breakGlass'],
        ],
        rows: asked.map((one) => [
          ...[one.id, one.agent, one.type, one.target, one.severity, moment(one.at), one.status],
          ...[moment(one.resolvedAt), secondsOf(one), one.by, one.comment, yes(one.unsigned), yes(one.breakGlass)],
        ]),
      },
      {
        title: 'By the person who ended the question',
        columns: ['person', 'approved', 'denied', 'median seconds to answer'],
        rows: [...people]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([person, answered]): Cell[] => [
            person,
            answered.filter(({ status }) => status === 'approved').length,
            answered.filter(({ status }) => status === 'denied').length,
            median(answered.map(secondsOf).filter((seconds) => seconds !== null)),
          ]),
      },
    ],
  };
}

function secondsOf({ at, resolvedAt }: { at: number; resolvedAt: number | null }): number | null {
  return resolvedAt === null ? null : Math.round((resolvedAt - at) / 1000);
}

function yes(flag: number): string | null {
  return flag === 1 ? 'yes' : null;
}
