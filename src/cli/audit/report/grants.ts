import type { Store } from '../../../store/open.ts';
import { moment, type Period, type Report } from './report.ts';

/** The standing permissions that were good at some time of a period: who gave them, and how often each was used. */
export async function grantsReport({ db }: Store, period: Period): Promise<Report> {
  const rows = await db
    .selectFrom('grants')
    .selectAll()
    .where('given_at', '<', period.to)
    .where('expires_at', '>=', period.from)
    .where((where) => where.or([where('revoked_at', 'is', null), where('revoked_at', '>=', period.from)]))
    .orderBy('given_at')
    .execute();
  return {
    name: 'grants',
    title: 'Standing permissions',
    period,
    sections: [
      {
        title: 'Permissions that were good in the period',
        columns: [
          ...['grant', 'name', 'agent', 'action', 'target', 'arguments', 'exact', 'uses', 'used', 'given', 'by'],
          ...['approval', 'expires', 'revoked', 'revokedBy'],
        ],
        rows: rows.map((row) => [
          ...[row.id, row.name, row.agent, row.type, row.target, row.arguments_json, row.exact === 1 ? 'yes' : null],
          ...[row.uses, row.used, moment(row.given_at), row.given_by, row.approval_id, moment(row.expires_at)],
          ...[moment(row.revoked_at), row.revoked_by],
        ]),
      },
    ],
  };
}
