import type { ActionStatus, ApprovalStatus } from '@gatehouse/sdk/contract';
import type { ActionRow, ApprovalRow } from './actions.ts';
import type { Store } from './open.ts';

export interface Filter<Status> {
  status?: Status;
  agent?: string;
  limit: number;
  /** Where the page before this one ended. */
  after?: { at: number; id: string };
}

/** Actions, newest first. */
export async function listActions(store: Store, filter: Filter<ActionStatus>): Promise<ActionRow[]> {
  let query = store.db.selectFrom('actions').selectAll();
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.agent !== undefined) query = query.where('agent', '=', filter.agent);
  const { after } = filter;
  if (after !== undefined) {
    query = query.where((where) =>
      where.or([
        where('requested_at', '<', after.at),
        where.and([where('requested_at', '=', after.at), where('id', '<', after.id)]),
      ]),
    );
  }
  return query.orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
}

/** Approvals with the action that each is about, newest first. */
export async function listApprovals(
  store: Store,
  filter: Filter<ApprovalStatus>,
): Promise<{ approval: ApprovalRow; action: ActionRow }[]> {
  let query = store.db.selectFrom('approvals').selectAll();
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.agent !== undefined) query = query.where('agent', '=', filter.agent);
  const { after } = filter;
  if (after !== undefined) {
    query = query.where((where) =>
      where.or([
        where('requested_at', '<', after.at),
        where.and([where('requested_at', '=', after.at), where('id', '<', after.id)]),
      ]),
    );
  }
  const approvals = await query.orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
  if (approvals.length === 0) return [];
  const actions = await store.db
    .selectFrom('actions')
    .selectAll()
    .where(
      'id',
      'in',
      approvals.map((approval) => approval.action_id),
    )
    .execute();
  const byId = new Map(actions.map((action) => [action.id, action]));
  return approvals.flatMap((approval) => {
    const action = byId.get(approval.action_id);
    return action === undefined ? [] : [{ approval, action }];
  });
}

/** One approval, or undefined. */
export async function readApprovalAlone(store: Store, approvalId: string): Promise<ApprovalRow | undefined> {
  return store.db.selectFrom('approvals').selectAll().where('id', '=', approvalId).executeTakeFirst();
}

/** One approval with its action, or undefined. Both are asked for at once: a waiting caller pays for one round trip. */
export async function readApproval(
  store: Store,
  approvalId: string,
): Promise<{ approval: ApprovalRow; action: ActionRow } | undefined> {
  const itsAction = store.db.selectFrom('approvals').select('action_id').where('id', '=', approvalId);
  const [approval, action] = await Promise.all([
    readApprovalAlone(store, approvalId),
    store.db.selectFrom('actions').selectAll().where('id', '=', itsAction).executeTakeFirst(),
  ]);
  return approval === undefined || action === undefined ? undefined : { approval, action };
}
