import type { ActionStatus, Severity } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import type { Store } from './open.ts';

const OPEN: readonly ActionStatus[] = ['held', 'scheduled', 'permitted', 'claimed'];

/** What is open now, for whoever watches from outside. */
export interface Figures {
  pending: readonly { severity: Severity; count: number }[];
  /** Age of the oldest open question; 0 where there is none. */
  oldestSeconds: number;
  open: readonly { status: ActionStatus; count: number }[];
  /** Entries of the record that have no place in the chain yet. */
  unsealed: number;
  /** How many differences the last comparison with Temporal found; null before the first. */
  differences: number | null;
}

/** Counts what is open, each by an index that leads past what is over. */
export async function readFigures(store: Store, now: number): Promise<Figures> {
  const { db } = store;
  const count = sql<number>`cast(count(*) as integer)`.as('count');
  const pending = await db
    .selectFrom('approvals')
    .select(['severity', count])
    .where('status', '=', 'pending')
    .groupBy('severity')
    .execute();
  const oldest = await db
    .selectFrom('approvals')
    .select('requested_at')
    .where('status', '=', 'pending')
    .orderBy('requested_at')
    .limit(1)
    .executeTakeFirst();
  const open = await db
    .selectFrom('actions')
    .select(['status', count])
    .where('status', 'in', OPEN)
    .groupBy('status')
    .execute();
  const unsealed = await db.selectFrom('events').select(count).where('place', 'is', null).executeTakeFirstOrThrow();
  const last = await db
    .selectFrom('reconciliations')
    .select('differences')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    pending,
    oldestSeconds: oldest === undefined ? 0 : Math.max(0, now - oldest.requested_at) / 1_000,
    open,
    unsealed: unsealed.count,
    differences: last?.differences ?? null,
  };
}
