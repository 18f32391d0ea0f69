import type { ApprovalView, SecondLookRequest } from '@gatehouse/sdk/contract';
import { GateProblem } from '../../decide/problem.ts';
import { termsOf } from '../../decide/stored-round.ts';
import { writeSecondLook } from '../../store/second-look.ts';
import { whyBarred } from '../../workflows/eligibility.ts';
import type { Caller } from '../gateway.ts';
import { isPermitted, notPermitted } from '../permit.ts';
import { refused } from './actions.ts';
import { viewOf, visibleApproval } from './approvals.ts';
import type { GatewayDeps } from './deps.ts';

/**
 * Puts on record that a second person has looked at a break-glass approval: neither the one who gave it nor the one who
 * asked. It changes nothing of what ran; it closes what the approval left open.
 */
export async function secondLook(
  deps: GatewayDeps,
  caller: Caller,
  approvalId: string,
  given: SecondLookRequest,
): Promise<ApprovalView> {
  const { approval, action } = await visibleApproval(deps, caller, approvalId);
  const facts = { approvalId, actionId: action.id };
  const turnAway = async (code: 'forbidden' | 'self_review' | 'not_a_reviewer', detail: string): Promise<never> => {
    await refused(deps, caller, action.id, { what: 'second look', code });
    throw new GateProblem(code, detail, facts);
  };
  const { principal } = caller;
  if (!isPermitted(caller, 'approval.review')) {
    await turnAway('forbidden', notPermitted(caller, 'approval.review').detail);
  }
  const barred = whyBarred({ agent: action.agent, terms: termsOf(approval) }, principal);
  if (barred !== null) await turnAway('self_review', `${barred}, so somebody else looks at it again.`);
  if (approval.break_glass !== 1) {
    throw new GateProblem('not_found', `Nobody overrode the terms of ${approvalId}, so no second look is due.`, facts);
  }
  if (principal === approval.resolved_by) {
    await turnAway('not_a_reviewer', `${principal} overrode the terms, so somebody else must look.`);
  }
  const at = deps.now();
  const comment = given.comment ?? null;
  const look = { by: principal, at: new Date(at).toISOString(), comment };
  const isFirst = await writeSecondLook(deps.store, approvalId, look, {
    kind: 'second_look',
    key: `second_look:${approvalId}`,
    actor: `${caller.role}:${principal}`,
    at,
    data: { approvalId, comment },
  });
  const view = await viewOf(deps, await visibleApproval(deps, caller, approvalId));
  if (isFirst || view.secondLook?.by === principal) return view;
  const by = view.secondLook?.by ?? 'somebody else';
  const when = view.secondLook?.at ?? 'an unknown time';
  throw new GateProblem('already_resolved', `${by} has looked at it, at ${when}.`, {
    ...facts,
    resolvedBy: by,
    resolvedAt: when,
  });
}
