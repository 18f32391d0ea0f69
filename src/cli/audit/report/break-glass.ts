import type { Store } from '../../../store/open.ts';
import type { SecondLook } from '../../../store/second-look.ts';
import { moment, type Period, type Report } from './report.ts';

/** Every approval of a period that one person gave alone, whatever the terms, and who looked at it afterwards. */
export async function breakGlassReport({ db }: Store, period: Period): Promise<Report> {
  const rows = await db
    .selectFrom('approvals')
    .innerJoin('actions', 'actions.id', 'approvals.action_id')
    .select([
      'approvals.id as id',
      'approvals.action_id as actionId',
      'approvals.agent as agent',
      'actions.type as type',
      'actions.target as target',
      'actions.status as status',
      'approvals.resolved_at as at',
      'approvals.resolved_by as by',
      'approvals.comment as comment',
      'approvals.second_look_json as secondLook',
    ])
    .where('approvals.break_glass', '=', 1)
    .where('approvals.resolved_at', '>=', period.from)
    .where('approvals.resolved_at', '<', period.to)
    .orderBy('approvals.resolved_at')
    .execute();
  return {
    name: 'break-glass',
    title: 'Break-glass',
    period,
    sections: [
      {
        title: 'Approvals that one person gave alone',
        columns: [
          ...['approval', 'actionId', 'agent', 'action', 'target', 'became', 'at', 'by', 'comment'],
          ...['secondLook', 'lookedAt', 'lookComment'],
        ],
        rows: rows.map((row) => {
          const look = row.secondLook === null ? null : (JSON.parse(row.secondLook) as SecondLook);
          return [
            ...[row.id, row.actionId, row.agent, row.type, row.target, row.status, moment(row.at), row.by, row.comment],
            ...[look?.by ?? 'missing', look?.at ?? null, look?.comment ?? null],
          ];
        }),
      },
    ],
  };
}
