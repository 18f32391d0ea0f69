import { sql } from 'kysely';
import type { Store } from '../../../store/open.ts';
import { moment, type Period, type Report } from './report.ts';

/** Who had access in a period, and what the record says that each did. */
export async function accessReport({ db }: Store, period: Period): Promise<Report> {
  const keys = await db
    .selectFrom('keys')
    .selectAll()
    .where('created_at', '<', period.to)
    .where((where) => where.or([where('revoked_at', 'is', null), where('revoked_at', '>=', period.from)]))
    .orderBy('principal')
    .orderBy('created_at')
    .execute();
  const did = await db
    .selectFrom('events')
    .select([
      'actor',
      'kind',
      sql<number>`count(*)`.as('times'),
      sql<number>`min(at)`.as('first'),
      sql<number>`max(at)`.as('last'),
    ])
    .where('at', '>=', period.from)
    .where('at', '<', period.to)
    .groupBy(['actor', 'kind'])
    .orderBy('actor')
    .orderBy('kind')
    .execute();
  return {
    name: 'access',
    title: 'Access',
    period,
    sections: [
      {
        title: 'Keys that were good in the period',
        columns: ['principal', 'role', 'team', 'groups', 'key', 'made', 'revoked'],
        rows: keys.map((key) => [
          key.principal,
          key.role,
          key.team,
          key.groups_json === null ? null : (JSON.parse(key.groups_json) as string[]).join(' '),
          key.prefix,
          moment(key.created_at),
          moment(key.revoked_at),
        ]),
      },
      {
        title: 'What each did, by the record',
        columns: ['who', 'what', 'times', 'first', 'last'],
        rows: did.map(({ actor, kind, times, first, last }) => [actor, kind, times, moment(first), moment(last)]),
      },
    ],
  };
}
