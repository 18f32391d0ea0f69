import { createHash, randomUUID } from 'node:crypto';
import type { ApprovalList, ApprovalStatus, ApprovalView, VerdictRequest } from '@gatehouse/sdk/contract';
import { claimPermit } from '../../decide/claim.ts';
import { GateProblem } from '../../decide/problem.ts';
import { listApprovals, readApproval } from '../../store/lists.ts';
import type { ActionRow, ApprovalRow } from '../../store/actions.ts';
import type { ReviewAnswer } from '../../workflows/messages.ts';
import type { Caller, ListOptions, WaitOptions } from '../gateway.ts';
import { refused, refusedClaim, tellClaimed } from './actions.ts';
import type { GatewayDeps } from './deps.ts';
import { filterFor, pageOf } from './page.ts';
import { toApprovalView } from './views.ts';
import { readUntil } from './wait.ts';

interface Found {
  approval: ApprovalRow;
  action: ActionRow;
}

async function visibleApproval(deps: GatewayDeps, caller: Caller, approvalId: string): Promise<Found> {
  const found = await readApproval(deps.store, approvalId);
  if (found === undefined || (caller.role === 'agent' && found.action.agent !== caller.principal)) {
    throw new GateProblem('not_found', `There is no approval ${approvalId} that this key can see.`, { approvalId });
  }
  return found;
}

/**
 * The approval, after waiting while it is pending. To the agent that asked, `approved` means that it may run now: so it is
 * handed the permit with that answer, and when there is none to hand over it is not told `approved` at all.
 */
export async function approval(
  deps: GatewayDeps,
  caller: Caller,
  approvalId: string,
  wait: WaitOptions & { claimId?: string | false },
): Promise<ApprovalView> {
  const first = await visibleApproval(deps, caller, approvalId);
  const found = await readUntil(
    deps.store,
    first.action.id,
    wait,
    () => visibleApproval(deps, caller, approvalId),
    ({ approval: row }) => row.status !== 'pending',
  );
  const isRequester = caller.principal === found.action.agent;
  if (
    !isRequester ||
    found.approval.status !== 'approved' ||
    found.action.mode !== 'permit' ||
    wait.claimId === false
  ) {
    return toApprovalView(found.approval, found.action);
  }
  const claimId = wait.claimId ?? randomUUID();
  const claim = await claimPermit(deps, found.action.id, claimId);
  if (claim === null) throw await refusedClaim(deps, found.action.id, null);
  tellClaimed(deps, found.action, claim);
  const wasRun = claim.action.claim_id !== null; // by this caller or another; the permit says whose it is
  if (!claim.granted && !wasRun) throw await refusedClaim(deps, found.action.id, claim);
  return toApprovalView(found.approval, claim.action, claimId);
}

export async function approvals(
  deps: GatewayDeps,
  caller: Caller,
  options: ListOptions<ApprovalStatus>,
): Promise<ApprovalList> {
  const rows = await listApprovals(deps.store, filterFor(caller, options));
  const { page, nextCursor } = pageOf(rows, options.limit, ({ approval: row }) => row);
  return { approvals: page.map((row) => toApprovalView(row.approval, row.action)), nextCursor };
}

/**
 * Signs a reviewer's verdict and delivers it to the action's workflow, which alone decides what it counts for.
 *
 * INVARIANT: I5 an agent cannot approve. The attempt is refused and put on record.
 */
export async function verdict(
  deps: GatewayDeps,
  caller: Caller,
  approvalId: string,
  given: VerdictRequest,
): Promise<ApprovalView> {
  const found = await visibleApproval(deps, caller, approvalId);
  const { id: actionId } = found.action;
  if (caller.role === 'agent') {
    await refused(deps, caller, actionId, { what: 'verdict', code: 'forbidden', verdict: given.verdict });
    throw new GateProblem('forbidden', 'An agent cannot give a verdict. A reviewer key can.', { approvalId });
  }
  if (isSameVerdict(found.approval, caller, given)) return toApprovalView(found.approval, found.action);
  if (found.approval.status !== 'pending') {
    await refused(deps, caller, actionId, { what: 'verdict', code: 'already_resolved', verdict: given.verdict });
    throw alreadyResolved(found.approval);
  }
  const answer = await deliver(deps, caller, found, given);
  // A worker wrote it, in another process: whoever waits here would hear of it only at the next poll of the store.
  deps.store.changes.tell(actionId);
  const now = await visibleApproval(deps, caller, approvalId);
  if (answer.accepted) return toApprovalView(now.approval, now.action);
  if (answer.code === 'already_resolved') throw alreadyResolved(now.approval);
  throw new GateProblem(answer.code, `${answer.says}.`, { approvalId, actionId });
}

async function deliver(
  deps: GatewayDeps,
  caller: Caller,
  { approval: { id: approvalId }, action: { id: actionId } }: Found,
  given: VerdictRequest,
): Promise<ReviewAnswer> {
  const { verdict: word, actionDigest, comment = null } = given;
  const reviewer = caller.principal;
  const named = JSON.stringify([approvalId, reviewer, word, actionDigest, comment, deps.signer.keyId]);
  const verdictId = createHash('sha256').update(named).digest('hex').slice(0, 32);
  const unsigned = { approvalId, verdictId, verdict: word, actionDigest, reviewer, comment, at: deps.now() };
  const signed = deps.signer.sign({ ...unsigned, actionId });
  try {
    return await deps.temporal.review(actionId, { ...unsigned, ...signed });
  } catch (error) {
    if (!(error instanceof GateProblem) || error.code !== 'already_settled') throw error;
    // The workflow ended while the verdict was under way: the record knows who won.
    await refused(deps, caller, actionId, { what: 'verdict', code: 'already_resolved', verdict: word });
    const now = await visibleApproval(deps, caller, approvalId);
    throw alreadyResolved(now.approval);
  }
}

/** The same verdict by the same person, delivered again, is no conflict (F02). */
function isSameVerdict(approval: ApprovalRow, caller: Caller, given: VerdictRequest): boolean {
  const status = given.verdict === 'approve' ? 'approved' : 'denied';
  const sameDigest = approval.action_digest === given.actionDigest;
  return (
    approval.status === status && approval.resolved_by === caller.principal && sameDigest && approval.unsigned === 0
  );
}

function alreadyResolved(approval: ApprovalRow): GateProblem {
  const by = approval.resolved_by ?? 'nobody: its time was over';
  const at = approval.resolved_at === null ? null : new Date(approval.resolved_at).toISOString();
  return new GateProblem(
    'already_resolved',
    `The approval is ${approval.status}, by ${by}, at ${at ?? 'an unknown time'}.`,
    {
      approvalId: approval.id,
      approvalStatus: approval.status,
      resolvedBy: approval.resolved_by,
      resolvedAt: at,
    },
  );
}
