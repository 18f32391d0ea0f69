import type { ApprovalStatus } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import type { ActionRow } from './actions.ts';
import type { Store } from './open.ts';

/** How many rows of each kind a reviewer is shown. */
const SHOWN = 10;

export type SessionRow = Pick<ActionRow, 'id' | 'requested_at' | 'type' | 'target' | 'status'>;

/** What the same agent asked for in the same session before this action, the newest first. */
export async function readSession(
  store: Store,
  { id, agent, session, requested_at: at }: Pick<ActionRow, 'id' | 'agent' | 'session' | 'requested_at'>,
): Promise<SessionRow[]> {
  if (session === null) return [];
  return store.db
    .selectFrom('actions')
    .select(['id', 'requested_at', 'type', 'target', 'status'])
    .where('session', '=', session)
    .where('agent', '=', agent)
    .where('requested_at', '<=', at)
    .where('id', '!=', id)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute();
}

export interface AnsweredRow {
  id: string;
  at: number;
  agent: string;
  target: string;
  status: ApprovalStatus;
  resolved_by: string | null;
  comment: string | null;
  actionStatus: ActionRow['status'];
  context_json: string;
  digest: string;
}

/** What people answered the last questions about actions of the same type, the newest first. */
export async function readAnswered(store: Store, { id, type }: Pick<ActionRow, 'id' | 'type'>): Promise<AnsweredRow[]> {
  return (
    store.db
      .selectFrom('actions')
      .innerJoin('approvals', 'approvals.id', 'actions.approval_id')
      .select([
        'approvals.id as id',
        'approvals.requested_at as at',
        'actions.agent as agent',
        'actions.target as target',
        'approvals.status as status',
        'approvals.resolved_by as resolved_by',
        'approvals.comment as comment',
        'actions.status as actionStatus',
        'actions.context_json as context_json',
        'actions.digest as digest',
      ])
      .where('actions.type', '=', type)
      .where('actions.id', '!=', id)
      // In the words of the index, which leaves the questions out that are still open, however many there are.
      .where(sql<boolean>`approval_id is not null and actions.status <> 'held'`)
      .orderBy('actions.requested_at', 'desc')
      .limit(SHOWN)
      .execute()
  );
}
