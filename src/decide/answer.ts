import type { ActionView, Edit, GuardAnswer, JsonObject, Permit, Settlement } from '@gatehouse/sdk/contract';
import { isFinal } from '@gatehouse/sdk/contract';
import type { ActionRow } from '../store/actions.ts';
import { argumentsThatRun, editOfAction } from './edited.ts';
import { expiryOf, sayExpiry } from './expiry.ts';
import { readJudgement } from './stored-judgement.ts';

/** The permit as one caller sees it: granted to the caller whose claim it is, and to no other. */
export function permitFor(action: ActionRow, claimId: string | null): Permit | null {
  if (action.mode !== 'permit' || (action.status !== 'permitted' && action.status !== 'claimed')) return null;
  const granted = action.status === 'claimed' && claimId !== null && action.claim_id === claimId;
  const leaseEnds = action.claimed_at === null ? null : action.claimed_at + action.lease_seconds * 1000;
  return {
    granted,
    claimId: granted ? claimId : null,
    leaseUntil: granted && leaseEnds !== null ? new Date(leaseEnds).toISOString() : null,
  };
}

/** What a caller is told of an action: the stored decision, and where the action stands now. */
export function toGuardAnswer(
  action: ActionRow,
  caller: { requestId: string; claimId: string | null; expiresAt?: number | null },
): GuardAnswer {
  const { outcome, ...judgement } = readJudgement(action.judgement_json);
  const expiresAt =
    caller.expiresAt ?? (judgement.approval === null ? null : expiryOf(judgement.approval, action.decided_at));
  return {
    decision: outcome,
    reason: judgement.reason,
    advice: judgement.advice,
    requestId: caller.requestId,
    actionId: action.id,
    approvalId: action.approval_id,
    matchedRule: judgement.matchedRule,
    riskScore: judgement.riskScore,
    severity: judgement.severity,
    status: action.status,
    permit: permitFor(action, caller.claimId),
    mode: action.mode,
    matchedRules: judgement.matchedRules,
    shadowRules: judgement.shadowRules,
    shadowOutcome: judgement.shadowOutcome,
    riskFactors: judgement.riskFactors,
    classification: judgement.classification,
    policyDigest: judgement.policyDigest,
    actionDigest: action.digest,
    approval: judgement.approval,
    grant: judgement.grant,
    arguments: argumentsThatRun(action),
    edit: toEdit(action),
    decidedAt: new Date(action.decided_at).toISOString(),
    expiresAt: expiresAt === null ? null : sayExpiry(expiresAt),
  };
}

/** What a reviewer changed in the action, or null. */
export function toEdit(action: ActionRow): Edit | null {
  const edit = editOfAction(action);
  if (edit === null) return null;
  const from = JSON.parse(action.context_json) as JsonObject;
  return { by: edit.by, at: new Date(edit.at).toISOString(), from, fromDigest: action.digest };
}

/** The recorded end of an action, or null while it goes on. */
export function toSettlement(action: ActionRow): Settlement | null {
  if (!isFinal(action.status) || action.settled_at === null) return null;
  return {
    status: action.status,
    reason: action.settle_reason,
    ...(action.result_json === null ? {} : { result: JSON.parse(action.result_json) as JsonObject }),
    error: action.error,
    settledAt: new Date(action.settled_at).toISOString(),
  };
}

/** An action as the API shows it. */
export function toActionView(action: ActionRow, claimId: string | null = null): ActionView {
  return {
    ...toGuardAnswer(action, { requestId: action.request_id, claimId }),
    agent: action.agent,
    type: action.type,
    target: action.target,
    purpose: action.purpose,
    requestedAt: new Date(action.requested_at).toISOString(),
    settlement: toSettlement(action),
    workflowId: action.id,
  };
}
