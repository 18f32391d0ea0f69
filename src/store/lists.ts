import type { ActionStatus, ApprovalStatus, Severity } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import type { ActionRow, ApprovalRow } from './actions.ts';
import type { Store } from './open.ts';

/** A place in a list: the one row that is there. */
export interface Place {
  at: number;
  id: string;
  /** Where the list is ordered by risk. */
  risk?: number;
}

export interface Filter<Status> {
  status?: Status;
  agent?: string;
  limit: number;
  /** Where the page before this one ended. */
  after?: Place;
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

export interface ApprovalFilter extends Filter<ApprovalStatus> {
  severity?: Severity;
  /** Only break-glass approvals that nobody else has looked at yet. */
  secondLook?: 'missing';
  /** Only those that somebody may answer in whose text one of these marks stands, see `answerersOf`. */
  answerers?: readonly string[];
  /** Not those in whose text this mark stands, see `doneMarkOf`. */
  done?: string;
  /** Only the open ones that are alike, by their key. */
  group?: string;
  /** Not those that this principal asked for. */
  butNotOf?: string;
  /** newest where it is left out. */
  order?: ApprovalOrder;
}

/** newest and oldest go by when people were asked; of the same risk the newest come first. */
export type ApprovalOrder = 'newest' | 'oldest' | 'riskiest';

/** An approval with the action that it is about. */
export interface FoundApproval {
  approval: ApprovalRow;
  action: ActionRow;
}

/** Approvals with the action that each is about. */
export async function listApprovals(store: Store, filter: ApprovalFilter): Promise<FoundApproval[]> {
  return withActions(store, await selectApprovals(store, filter).execute());
}

/** Some approvals with their actions, by the id of the approval. */
export async function readApprovals(store: Store, ids: readonly string[]): Promise<Map<string, FoundApproval>> {
  const found = await withActions(store, await readApprovalsAlone(store, ids));
  return new Map(found.map((each) => [each.approval.id, each]));
}

async function withActions(store: Store, approvals: readonly ApprovalRow[]): Promise<FoundApproval[]> {
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

/** The approvals that the filter names, in no order and without a page. */
export function matchingApprovals(store: Store, filter: Omit<ApprovalFilter, 'limit' | 'after' | 'order'>) {
  const { status, agent, severity, secondLook, answerers, done, butNotOf, group } = filter;
  let query = store.db.selectFrom('approvals');
  if (group !== undefined) query = query.where('group_key', '=', group).where(isPending);
  else if (status !== undefined) query = query.where('status', '=', status);
  if (agent !== undefined) query = query.where('agent', '=', agent);
  if (severity !== undefined) query = query.where('severity', '=', severity);
  if (butNotOf !== undefined) query = query.where('agent', '!=', butNotOf);
  if (secondLook !== undefined) query = query.where('break_glass', '=', 1).where('second_look_json', 'is', null);
  if (answerers !== undefined) {
    query = query.where((where) => where.or(answerers.map((mark) => where('answerers', 'like', `%${mark}%`))));
  }
  if (done !== undefined) query = query.where('answerers', 'not like', `%${done}%`);
  return query;
}

/** Spelled out, not as a value: the index of what is alike holds for the word alone. */
export const isPending = sql<boolean>`status = 'pending'`;

function selectApprovals(store: Store, filter: ApprovalFilter) {
  const { order = 'newest', after, limit } = filter;
  let query = matchingApprovals(store, filter).selectAll();
  const [older, direction] = order === 'oldest' ? (['>', 'asc'] as const) : (['<', 'desc'] as const);
  if (after !== undefined) {
    query = query.where((where) => {
      const later = where.or([
        where('requested_at', older, after.at),
        where.and([where('requested_at', '=', after.at), where('id', older, after.id)]),
      ]);
      if (order !== 'riskiest') return later;
      const risk = after.risk ?? 0;
      return where.or([where('risk_score', '<', risk), where.and([where('risk_score', '=', risk), later])]);
    });
  }
  if (order === 'riskiest') query = query.orderBy('risk_score', 'desc');
  return query.orderBy('requested_at', direction).orderBy('id', direction).limit(limit);
}

/** Some approvals, in no order. */
export async function readApprovalsAlone(store: Store, ids: readonly string[]): Promise<ApprovalRow[]> {
  return ids.length === 0 ? [] : store.db.selectFrom('approvals').selectAll().where('id', 'in', ids).execute();
}

/** One approval, or undefined. */
export async function readApprovalAlone(store: Store, approvalId: string): Promise<ApprovalRow | undefined> {
  return store.db.selectFrom('approvals').selectAll().where('id', '=', approvalId).executeTakeFirst();
}

/** One approval with its action, or undefined. Both are asked for at once: a waiting caller pays for one round trip. */
export async function readApproval(store: Store, approvalId: string): Promise<FoundApproval | undefined> {
  const itsAction = store.db.selectFrom('approvals').select('action_id').where('id', '=', approvalId);
  const [approval, action] = await Promise.all([
    readApprovalAlone(store, approvalId),
    store.db.selectFrom('actions').selectAll().where('id', '=', itsAction).executeTakeFirst(),
  ]);
  return approval === undefined || action === undefined ? undefined : { approval, action };
}
