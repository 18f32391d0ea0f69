import type { ApprovalTerms, GrantRequest } from '@gatehouse/sdk/contract';
import { missingIn } from './comment.ts';
import { standingIn, whyBarred } from './eligibility.ts';
import type { ApprovalQuestion, CountedVote, EditedAction } from './messages.ts';
import { advance, isFulfilled } from './quorum.ts';

/** A question that a reviewer put to the agent. Times are milliseconds since the epoch. */
export interface AgentQuestion {
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly question: string;
  readonly answer: string | null;
  readonly answeredAt: number | null;
}

/** Somebody answers in the place of another, in one part of the question. */
export interface Delegation {
  readonly from: string;
  readonly groups: readonly string[];
  readonly to: string;
  readonly stage: number;
  readonly at: number;
}

/** One round of asking people, as plain data. A resolved round never changes again. */
export interface ApprovalRound {
  readonly approvalId: string;
  readonly actionDigest: string;
  readonly policyDigest: string;
  /** Who asked: may not answer. */
  readonly agent: string;
  readonly terms: ApprovalTerms;
  readonly status: 'pending' | 'approved' | 'denied' | 'expired' | 'cancelled';
  readonly resolvedBy: string | null;
  readonly resolvedAt: number | null;
  readonly comment: string | null;
  readonly unsigned: boolean;
  readonly breakGlass: boolean;
  /** The index of the part that is open. */
  readonly stage: number;
  /** Since when it is. */
  readonly stageSince: number;
  /** How many steps of its ladder have been taken. */
  readonly escalations: number;
  readonly votes: readonly CountedVote[];
  readonly delegations: readonly Delegation[];
  readonly questions: readonly AgentQuestion[];
  /** What was approved in place of what was asked. */
  readonly edit: EditedAction | null;
  /** The standing permission that goes with the approval. */
  readonly grant: GrantRequest | null;
}

/**
 * Opens a round. `vote` is an approval that came along with an edit: it counts from the beginning where its giver has a say
 * in the first part and the terms miss nothing in it. Where nothing else is needed, the round is approved at once.
 */
export function openRound(
  question: Pick<ApprovalQuestion, 'approvalId' | 'actionDigest' | 'policyDigest' | 'terms' | 'vote'>,
  agent: string,
  now: number,
): ApprovalRound {
  const { approvalId, actionDigest, policyDigest, terms, vote } = question;
  const opened: ApprovalRound = {
    ...{ approvalId, actionDigest, policyDigest, agent, terms, status: 'pending' },
    ...{ resolvedBy: null, resolvedAt: null, comment: null, unsigned: false, breakGlass: false },
    ...{ stage: 0, stageSince: now, escalations: 0, votes: [] },
    ...{ delegations: [], questions: [], edit: null, grant: null },
  };
  return vote === null ? opened : withVote(opened, vote, now);
}

function withVote(opened: ApprovalRound, vote: CountedVote, now: number): ApprovalRound {
  const { reviewer: name, role, comment, unsigned } = vote;
  const groups = whyBarred(opened, name) !== null ? null : standingIn(opened, 0, { name, role, groups: vote.groups });
  if (groups === null || vote.vote !== 'approve' || missingIn(comment, opened.terms) !== null) return opened;
  const voted = { ...opened, votes: [{ ...vote, stage: 0, groups }] };
  if (!isFulfilled(voted)) return advance(voted, now);
  return { ...voted, status: 'approved', resolvedBy: name, resolvedAt: now, comment, unsigned };
}

/** Nobody answered in time. An expiry is a refusal, always. */
export function expireRound(round: ApprovalRound, now: number): ApprovalRound {
  if (round.status !== 'pending') return round;
  return { ...round, status: 'expired', resolvedAt: now };
}

/** The requester or an admin withdrew the question. */
export function cancelRound(round: ApprovalRound, by: string, reason: string | null, now: number): ApprovalRound {
  if (round.status !== 'pending') return round;
  return { ...round, status: 'cancelled', resolvedBy: by, resolvedAt: now, comment: reason };
}

/** The next step of the ladder: others may answer too. */
export function escalateRound(round: ApprovalRound): ApprovalRound {
  const ladder = round.terms.stages[round.stage]?.escalation ?? [];
  if (round.status !== 'pending' || round.escalations >= ladder.length) return round;
  return { ...round, escalations: round.escalations + 1 };
}

/** Puts down what the agent says to a question; null where there is no such question that waits for an answer. */
export function answerQuestion(
  round: ApprovalRound,
  questionId: string,
  answer: string,
  now: number,
): ApprovalRound | null {
  const asked = round.questions.find(({ id }) => id === questionId);
  if (round.status !== 'pending' || asked?.answer !== null) return null;
  const answered = { ...asked, answer, answeredAt: now };
  return { ...round, questions: round.questions.map((one) => (one === asked ? answered : one)) };
}
