import type { ApprovalView, JsonObject } from '@gatehouse/sdk/contract';
import { permitFor } from '../../decide/answer.ts';
import { readJudgement } from '../../decide/stored-judgement.ts';
import type { ActionRow, ApprovalRow } from '../../store/actions.ts';

/** An approval as the API shows it: the whole question, and what became of it. */
export function toApprovalView(approval: ApprovalRow, action: ActionRow, claimId: string | null = null): ApprovalView {
  const judgement = readJudgement(approval.judgement_json);
  return {
    approvalId: approval.id,
    actionId: action.id,
    workflowId: action.id,
    status: approval.status,
    requestedAt: new Date(approval.requested_at).toISOString(),
    expiresAt: new Date(approval.expires_at).toISOString(),
    resolvedAt: approval.resolved_at === null ? null : new Date(approval.resolved_at).toISOString(),
    resolvedBy: approval.resolved_by,
    comment: approval.comment,
    unsigned: approval.unsigned === 1,
    agent: action.agent,
    type: action.type,
    target: action.target,
    arguments: JSON.parse(action.context_json) as JsonObject,
    purpose: action.purpose,
    actionDigest: approval.action_digest,
    policyDigest: approval.policy_digest,
    reason: judgement.reason,
    matchedRule: judgement.matchedRule,
    matchedRules: judgement.matchedRules,
    shadowRules: judgement.shadowRules,
    shadowOutcome: judgement.shadowOutcome,
    riskScore: judgement.riskScore,
    severity: judgement.severity,
    riskFactors: judgement.riskFactors,
    classification: judgement.classification,
    permit: approval.status === 'approved' ? permitFor(action, claimId) : null,
  };
}
