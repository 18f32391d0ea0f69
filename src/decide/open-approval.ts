import { plainTerms, type ApprovalTerms, type Judgement } from '@gatehouse/sdk/contract';
import type { ActionRow, ApprovalRow } from '../store/actions.ts';
import type { Asker } from '../workflows/messages.ts';
import type { ApprovalRound } from '../workflows/round.ts';
import { answerersOf } from './answerers.ts';
import { editThatRuns } from './edited.ts';
import { expiryOf } from './expiry.ts';
import { groupOf } from './group-of.ts';
import { progressJson } from './stored-round.ts';

/** What is asked where a judgement that asks says nothing of how: one reviewer, within the hour. */
const LAST_RESORT = plainTerms(3600);

/** The id of the question of one round: it says which action it is about. */
export function approvalIdOf(actionId: string, round: number): string {
  return `apr_${actionId.slice('act_'.length)}_${String(round)}`;
}

/** The question of one round, bound to the digest of the action and of the policy that asks. */
export function openApproval(action: ActionRow, judgement: Judgement, round: number, at: number): ApprovalRow {
  const asked = judgement.approval ?? LAST_RESORT;
  const terms = { ...asked, barred: barredFrom(action, asked) };
  const edited = editThatRuns(action);
  return {
    id: approvalIdOf(action.id, round),
    action_id: action.id,
    agent: action.agent,
    round,
    status: 'pending',
    requested_at: at,
    expires_at: expiryOf(terms, at),
    action_digest: edited?.digest ?? action.digest,
    policy_digest: judgement.policyDigest,
    judgement_json: JSON.stringify({ ...judgement, approval: terms }),
    resolved_at: null,
    resolved_by: null,
    comment: null,
    unsigned: 0,
    round_json: null,
    preview_json: null,
    second_look_json: null,
    edited_json: edited === null ? null : JSON.stringify(edited),
    answerers: answerersOf({ terms, stage: 0, escalations: 0, delegations: [], votes: [] }),
    group_key: groupOf(action, judgement),
    break_glass: 0,
    risk_score: judgement.riskScore,
    severity: judgement.severity,
  };
}

/**
 * Who may not answer beside the agent itself.
 * INVARIANT: I5 an agent cannot approve. Whoever it acts for has a hand in what is asked, and does not review it either.
 */
function barredFrom({ asker_json: json }: ActionRow, { excludeOwner }: ApprovalTerms): string[] {
  const { chain = [], owner }: Partial<Asker> = json === null ? {} : (JSON.parse(json) as Asker);
  return [...new Set([...chain, ...(excludeOwner && owner !== undefined ? [owner] : [])])];
}

/** What of a question's row changes with the round while it is open. */
export function progressColumns(round: ApprovalRound): Pick<ApprovalRow, 'round_json' | 'answerers'> {
  return { round_json: progressJson(round), answerers: answerersOf(round) };
}

/** What of a question's row its end changes. */
export function resolvedColumns(
  round: ApprovalRound,
  at: number,
): Pick<
  ApprovalRow,
  'status' | 'resolved_at' | 'resolved_by' | 'comment' | 'unsigned' | 'break_glass' | 'round_json' | 'answerers'
> {
  return {
    status: round.status,
    resolved_at: at,
    resolved_by: round.resolvedBy,
    comment: round.comment,
    unsigned: round.unsigned ? 1 : 0,
    break_glass: round.breakGlass ? 1 : 0,
    round_json: progressJson(round),
    answerers: '',
  };
}
