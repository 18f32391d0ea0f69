import { randomUUID } from 'node:crypto';
import type { ApprovalList, ApprovalView } from '@gatehouse/sdk/contract';
import { claimPermit } from '../../decide/claim.ts';
import { approvalIdOf } from '../../decide/open-approval.ts';
import { GateProblem } from '../../decide/problem.ts';
import { roundOf } from '../../decide/stored-round.ts';
import { listApprovals, readApproval, readApprovalAlone, readApprovalsAlone } from '../../store/lists.ts';
import type { ActionRow, ApprovalRow } from '../../store/actions.ts';
import type { ApprovalListOptions, ApprovalWait, Caller } from '../gateway.ts';
import { isPermitted } from '../permit.ts';
import { refusedClaim } from './actions.ts';
import type { GatewayDeps } from './deps.ts';
import { isFor, questionsFor } from './inbox.ts';
import { pageOf } from './page.ts';
import { tellClaimed } from './tell-claimed.ts';
import { toApprovalView } from './views.ts';
import { readUntil } from './wait.ts';

/** An approval with the action that it is about. */
export interface Found {
  approval: ApprovalRow;
  action: ActionRow;
}

/** The approval that the caller may see. An agent sees those of its own actions alone. */
export async function visibleApproval(deps: GatewayDeps, caller: Caller, approvalId: string): Promise<Found> {
  const found = await readApproval(deps.store, approvalId);
  if (found === undefined || (!isPermitted(caller, 'action.read.any') && found.action.agent !== caller.principal)) {
    throw new GateProblem('not_found', `There is no approval ${approvalId} that this key can see.`, { approvalId });
  }
  return found;
}

/** The approval as it is shown, with what differs from the question before it. */
export async function viewOf(
  deps: GatewayDeps,
  { approval: row, action }: Found,
  claimId: string | null = null,
): Promise<ApprovalView> {
  const before = row.round === 1 ? undefined : await readApprovalAlone(deps.store, idBefore(row));
  return toApprovalView(row, action, claimId, before);
}

/**
 * The approval, after waiting while it is pending. To the agent that asked, `approved` means that it may run now: so it is
 * handed the permit with that answer, and when there is none to hand over it is not told `approved` at all.
 */
export async function approval(
  deps: GatewayDeps,
  caller: Caller,
  approvalId: string,
  wait: ApprovalWait,
): Promise<ApprovalView> {
  const first = await visibleApproval(deps, caller, approvalId);
  const { questions: seen } = wait;
  const found = await readUntil(
    deps.store,
    first.action.id,
    wait,
    () => visibleApproval(deps, caller, approvalId),
    ({ approval: row }) => row.status !== 'pending' || (seen !== undefined && roundOf(row).questions.length > seen),
  );
  const isRequester = caller.principal === found.action.agent;
  if (
    !isRequester ||
    !isPermitted(caller, 'action.ask') ||
    found.approval.status !== 'approved' ||
    found.action.mode !== 'permit' ||
    wait.claimId === false
  ) {
    return viewOf(deps, found);
  }
  const claimId = wait.claimId ?? randomUUID();
  const claim = await claimPermit(deps, found.action.id, claimId);
  if (claim === null) throw await refusedClaim(deps, found.action.id, null);
  tellClaimed(deps, found.action, claim);
  const wasRun = claim.action.claim_id !== null; // by this caller or another; the permit says whose it is
  if (!claim.granted && !wasRun) throw await refusedClaim(deps, found.action.id, claim);
  return viewOf(deps, { approval: found.approval, action: claim.action }, claimId);
}

/** The questions of a page, and what each differs in from the one before it. */
export async function approvals(
  deps: GatewayDeps,
  caller: Caller,
  options: ApprovalListOptions,
): Promise<ApprovalList> {
  const filter = questionsFor(caller, options);
  const rows = await listApprovals(deps.store, filter);
  const { page, nextCursor } = pageOf(rows, options.limit, ({ approval: row }) => row, filter.order);
  const shown = options.mine === true ? page.filter(({ approval: row }) => isFor(caller, row)) : page;
  const later = shown.filter(({ approval: row }) => row.round > 1).map(({ approval: row }) => idBefore(row));
  const before = new Map((await readApprovalsAlone(deps.store, later)).map((row) => [row.id, row]));
  return {
    approvals: shown.map(({ approval: row, action }) => toApprovalView(row, action, null, before.get(idBefore(row)))),
    nextCursor,
  };
}

function idBefore({ action_id: actionId, round }: ApprovalRow): string {
  return approvalIdOf(actionId, round - 1);
}
