import type { ApprovalGroup, ApprovalGroupList } from '@gatehouse/sdk/contract';
import { listGroups, newestOf, placeOf, type GroupFilter, type GroupPlace } from '../../store/question-groups.ts';
import type { QuestionGroup } from '../../store/question-groups.ts';
import { GateProblem } from '../../decide/problem.ts';
import { readApprovals, type FoundApproval } from '../../store/lists.ts';
import type { ApprovalGroupOptions, Caller } from '../gateway.ts';
import { isPermitted } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';
import { isFor, openTo } from './inbox.ts';
import { toApprovalView } from './views.ts';

/** How many of a group are named. */
const NAMED = 5;

/** A page of open questions, those that are alike as one, the agents in turns. */
export async function approvalGroups(
  deps: GatewayDeps,
  caller: Caller,
  options: ApprovalGroupOptions,
): Promise<ApprovalGroupList> {
  const { mine = false, severity, agent, order = 'newest', limit, cursor } = options;
  if (mine && !isPermitted(caller, 'approval.review')) return { groups: [], nextCursor: null };
  const whose = isPermitted(caller, 'action.read.any') ? agent : caller.principal;
  const filter: GroupFilter = {
    ...{ limit: limit + 1, order },
    ...(whose === undefined ? {} : { agent: whose }),
    ...(severity === undefined ? {} : { severity }),
    ...(mine ? openTo(caller) : {}),
    ...(cursor === undefined ? {} : { after: fromCursor(cursor) }),
  };
  const found = await listGroups(deps.store, filter);
  const page = found.slice(0, limit);
  const ids = await newestOf(
    deps.store,
    page.map(({ key }) => key),
    filter,
    NAMED,
  );
  const latest = await readApprovals(
    deps.store,
    [...ids.values()].flatMap((newest) => newest.slice(0, 1)),
  );
  const groups = page.flatMap((group) => {
    const named = ids.get(group.key) ?? [];
    const newest = latest.get(named[0] ?? '');
    // It was answered between two looks, or it is found by everybody and is not for this one.
    if (newest === undefined || (mine && group.count === 1 && !isFor(caller, newest.approval))) return [];
    return [toGroup(group, named, newest)];
  });
  const last = page.at(-1);
  const nextCursor = found.length > limit && last !== undefined ? toCursor(placeOf(last, order)) : null;
  return { groups, nextCursor };
}

function toGroup(group: QuestionGroup, approvalIds: string[], { approval, action }: FoundApproval): ApprovalGroup {
  const latest = toApprovalView(approval, action);
  const { agent, type, target, matchedRule } = latest;
  return {
    ...{ group: group.key, count: group.count, agent, type, target, matchedRule },
    ...{ severity: group.severity, riskScore: group.risk },
    ...{ oldest: new Date(group.oldest).toISOString(), newest: new Date(group.newest).toISOString() },
    ...{ approvalIds, latest },
  };
}

function toCursor({ turn, by, key }: GroupPlace): string {
  return Buffer.from(`${String(turn)} ${String(by)} ${key}`).toString('base64url');
}

/** The place that a cursor names. Throws `GateProblem` `invalid_request` for one that no page of groups gave out. */
function fromCursor(cursor: string): GroupPlace {
  const match = /^(\d{1,9}) (\d{1,16}(?:\.\d{1,20})?) (\S{1,80})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, turn, by, key] = match ?? [];
  if (turn !== undefined && by !== undefined && key !== undefined) return { turn: Number(turn), by: Number(by), key };
  throw new GateProblem('invalid_request', 'The cursor is not one that a page of groups gave out.', {}, [
    { field: 'cursor', problem: 'unreadable', fix: 'use nextCursor of the page before, unchanged' },
  ]);
}
