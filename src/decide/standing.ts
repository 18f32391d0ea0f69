import type { Judgement } from '@gatehouse/sdk/contract';
import type { ActionRow } from '../store/actions.ts';
import { readAction } from '../store/actions.ts';
import { readApprovalAlone } from '../store/lists.ts';
import type { Store } from '../store/open.ts';
import type { Standing } from '../workflows/messages.ts';
import { GateProblem } from './problem.ts';

/** Where an action stands, as its workflow needs to know it. */
export async function standingOf(store: Store, action: ActionRow): Promise<Standing> {
  const { approval_id: approvalId } = action;
  const matters = action.status === 'held' || action.status === 'permitted';
  const asked = approvalId === null || !matters ? undefined : await readApprovalAlone(store, approvalId);
  const open = action.status === 'held' ? asked : undefined;
  const judgement = JSON.parse(open?.judgement_json ?? action.judgement_json) as Judgement;
  return {
    status: action.status,
    reason: action.settle_reason ?? judgement.reason,
    outcome: action.outcome,
    severity: action.severity,
    riskScore: action.risk_score,
    policyDigest: judgement.policyDigest,
    approval:
      open === undefined
        ? null
        : {
            approvalId: open.id,
            round: open.round,
            expiresInSeconds: (open.expires_at - open.requested_at) / 1000,
            reason: judgement.reason,
          },
    waitSeconds: patienceOf(action, asked?.resolved_at ?? null),
    result: action.result_json,
  };
}

/** How long the workflow waits for a claim or a report, as a duration: it does not compare its clock with the record's. */
function patienceOf(action: ActionRow, approvedAt: number | null): number | null {
  if (action.status === 'claimed') return action.lease_seconds;
  if (action.status !== 'permitted' || action.permit_until === null) return null;
  return (action.permit_until - (approvedAt ?? action.decided_at)) / 1000;
}

/** The same, read from the record. */
export async function readStanding(store: Store, actionId: string): Promise<Standing> {
  const action = await readAction(store, actionId);
  if (action === undefined) throw new GateProblem('not_found', `There is no action ${actionId} on record`);
  return standingOf(store, action);
}
