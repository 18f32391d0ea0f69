import type { ActionRow, ApprovalRow } from '../store/actions.ts';
import { readAction } from '../store/actions.ts';
import { readApprovalAlone } from '../store/lists.ts';
import type { Store } from '../store/open.ts';
import type { ApprovalQuestion, EditedAction, Standing } from '../workflows/messages.ts';
import { argumentsThatRun } from './edited.ts';
import { NEVER } from './expiry.ts';
import { GateProblem } from './problem.ts';
import { readJudgement } from './stored-judgement.ts';
import { roundOf, termsOf } from './stored-round.ts';

/**
 * Where an action stands, as its workflow needs to know it.
 *
 * @param at the workflow's time, where its step knows it, in milliseconds since the epoch
 */
export async function standingOf(store: Store, action: ActionRow, at?: number): Promise<Standing> {
  const { approval_id: approvalId } = action;
  const matters = action.status === 'held' || action.status === 'permitted' || action.status === 'scheduled';
  const asked = approvalId === null || !matters ? undefined : await readApprovalAlone(store, approvalId);
  const open = action.status === 'held' ? asked : undefined;
  const judgement = readJudgement(open?.judgement_json ?? action.judgement_json);
  return {
    status: action.status,
    reason: action.settle_reason ?? judgement.reason,
    outcome: action.outcome,
    severity: action.severity,
    riskScore: action.risk_score,
    policyDigest: judgement.policyDigest,
    approval: open === undefined ? null : questionOf(open, judgement.reason),
    waitSeconds: patienceOf(action, at ?? asked?.resolved_at ?? action.decided_at),
    edited: editedBy(action),
    result: action.result_json,
    claimId: action.claim_id?.startsWith('executor:') === true ? action.claim_id : null,
  };
}

function questionOf(open: ApprovalRow, reason: string): ApprovalQuestion {
  return {
    approvalId: open.id,
    round: open.round,
    expiresInSeconds: open.expires_at === NEVER ? null : (open.expires_at - open.requested_at) / 1000,
    reason,
    actionDigest: open.action_digest,
    policyDigest: open.policy_digest,
    terms: termsOf(open),
    vote: open.round_json === null ? null : (roundOf(open).votes[0] ?? null),
  };
}

function editedBy(action: ActionRow): EditedAction | null {
  return action.run_digest === null ? null : { arguments: argumentsThatRun(action), digest: action.run_digest };
}

/** How long the workflow waits for a claim, a report or a window: a duration, since it does not compare its clock with the record's. */
function patienceOf(action: ActionRow, since: number): number | null {
  if (action.status === 'claimed') return action.lease_seconds;
  const until = { permitted: action.permit_until, scheduled: action.opens_at }[action.status as string] ?? null;
  return until === null ? null : Math.max(0, until - since) / 1000;
}

/** The same, read from the record. */
export async function readStanding(store: Store, actionId: string, at?: number): Promise<Standing> {
  const action = await readAction(store, actionId);
  if (action === undefined) throw new GateProblem('not_found', `There is no action ${actionId} on record`);
  return standingOf(store, action, at);
}
