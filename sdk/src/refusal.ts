import type { GateApi } from './api.ts';
import type { ActionView, ApprovalView, GuardAnswer, Settlement } from './contract/index.ts';
import { ActionBlockedError } from './errors/blocked.ts';
import type { GatehouseError } from './errors/gatehouse-error.ts';
import { ActionCancelledError, ActionExpiredError, ActionLapsedError } from './errors/not-run.ts';
import { ActionAlreadyDoneError } from './errors/outcome.ts';
import { ActionRejectedError } from './errors/rejected.ts';

/** An action as answered by any of the endpoints; a view has the settlement beside it. */
export type Standing = GuardAnswer & { settlement?: Settlement | null };

/** The error of an action that is over, with the facts on record. Throws what reading them throws. */
export async function endOf(standing: Standing, api: GateApi): Promise<GatehouseError> {
  if (standing.status === 'blocked') return blocked(standing);
  if (standing.status === 'rejected' && standing.approvalId !== null) {
    return refusalOf(await api.approval(standing.approvalId, false), standing.actionId);
  }
  const settlement = standing.settlement ?? (await api.action(standing.actionId)).settlement;
  const facts = {
    actionId: standing.actionId,
    approvalId: standing.approvalId,
    reason: settlement?.reason ?? `it is ${standing.status}`,
  };
  switch (standing.status) {
    case 'rejected':
      return new ActionRejectedError({ ...facts, by: null, comment: settlement?.reason ?? null });
    case 'expired':
      return new ActionExpiredError({ ...facts, expiresAt: standing.expiresAt });
    case 'cancelled':
      return new ActionCancelledError(facts);
    case 'lapsed':
      return new ActionLapsedError(facts);
    default:
      return new ActionAlreadyDoneError(standing.actionId, standing.status, settlement);
  }
}

/** The error of an approval that was resolved without an approval. */
export function refusalOf(approval: ApprovalView, actionId: string): GatehouseError {
  const facts = { actionId, approvalId: approval.approvalId, comment: approval.comment };
  switch (approval.status) {
    case 'expired':
      return new ActionExpiredError({ ...facts, reason: 'nobody answered in time', expiresAt: approval.expiresAt });
    case 'cancelled':
      return new ActionCancelledError({ ...facts, reason: approval.comment ?? 'it was withdrawn' });
    default:
      return new ActionRejectedError({ ...facts, by: approval.resolvedBy });
  }
}

/** What was decided first may have been overruled later, by the policy that was in force at the end. */
function blocked(standing: Standing | ActionView): ActionBlockedError {
  const overruled = standing.decision === 'BLOCK' ? null : standing.settlement?.reason;
  return new ActionBlockedError(standing, overruled ?? standing.reason);
}
