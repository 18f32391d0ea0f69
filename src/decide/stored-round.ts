import type { ApprovalTerms } from '@gatehouse/sdk/contract';
import { plainTerms } from '@gatehouse/sdk/contract';
import type { ApprovalRow } from '../store/actions.ts';
import type { ApprovalRound } from '../workflows/round.ts';
import { readJudgement } from './stored-judgement.ts';

/** The part of a round that grows while it is open, and that no other column of its row has. */
type StoredProgress = Pick<
  ApprovalRound,
  'stage' | 'stageSince' | 'escalations' | 'votes' | 'delegations' | 'questions' | 'edit' | 'grant'
>;

const PLAIN_TERMS = plainTerms(null);

/** The terms of a question on record. */
export function termsOf(row: Pick<ApprovalRow, 'judgement_json'>): ApprovalTerms {
  return readJudgement(row.judgement_json).approval ?? PLAIN_TERMS;
}

/** A round as it is on record. */
export function roundOf(row: ApprovalRow): ApprovalRound {
  return {
    approvalId: row.id,
    actionDigest: row.action_digest,
    policyDigest: row.policy_digest,
    agent: row.agent,
    terms: termsOf(row),
    status: row.status,
    resolvedBy: row.resolved_by,
    resolvedAt: row.resolved_at,
    comment: row.comment,
    unsigned: row.unsigned === 1,
    breakGlass: row.break_glass === 1,
    ...(row.round_json === null ? unanswered(row) : (JSON.parse(row.round_json) as StoredProgress)),
  };
}

/** How far a round has come, as its row keeps it. */
export function progressJson(round: ApprovalRound): string {
  const { stage, stageSince, escalations, votes, delegations, questions, edit, grant } = round;
  const progress: StoredProgress = { stage, stageSince, escalations, votes, delegations, questions, edit, grant };
  return JSON.stringify(progress);
}

function unanswered({ requested_at: stageSince }: ApprovalRow): StoredProgress {
  return { stage: 0, stageSince, escalations: 0, votes: [], delegations: [], questions: [], edit: null, grant: null };
}
