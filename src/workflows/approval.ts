import type { ReviewAnswer } from './messages.ts';

/** One round of asking people, as plain data. A resolved round never changes again. */
export interface ApprovalRound {
  readonly approvalId: string;
  readonly actionDigest: string;
  /** Who asked: may not answer. */
  readonly agent: string;
  readonly status: 'pending' | 'approved' | 'denied' | 'expired' | 'cancelled';
  readonly resolvedBy: string | null;
  readonly resolvedAt: number | null;
  readonly comment: string | null;
  readonly unsigned: boolean;
}

/** A verdict with what was found out about its authority. */
export interface WeighedVerdict {
  verdict: 'approve' | 'reject';
  reviewer: string;
  comment: string | null;
  unsigned: boolean;
  /** What the reviewer saw. A signal has no digest, and no approval where nothing had been asked before it came. */
  approvalId: string | null;
  actionDigest: string | null;
  /** Why the verdict has no authority; null when it has. */
  refusal: string | null;
}

export function openRound(approvalId: string, actionDigest: string, agent: string): ApprovalRound {
  return {
    approvalId,
    actionDigest,
    agent,
    status: 'pending',
    resolvedBy: null,
    resolvedAt: null,
    comment: null,
    unsigned: false,
  };
}

type Refusal = Extract<ReviewAnswer, { accepted: false }>;

/**
 * Why a verdict does not count for a round, or null when it does.
 * INVARIANT: I5 an agent cannot approve. The requester is never the reviewer.
 */
function refusalOf(round: ApprovalRound, verdict: WeighedVerdict): Pick<Refusal, 'code' | 'says'> | null {
  if (verdict.refusal !== null) return { code: 'forbidden', says: verdict.refusal };
  if (verdict.reviewer === round.agent) return { code: 'self_review', says: `${round.agent} asked for this action` };
  if (verdict.approvalId !== null && verdict.approvalId !== round.approvalId) {
    const says = `The verdict is for ${verdict.approvalId}; what is asked now is ${round.approvalId}`;
    return { code: 'digest_mismatch', says };
  }
  if (verdict.actionDigest !== null && verdict.actionDigest !== round.actionDigest) {
    return { code: 'digest_mismatch', says: `The verdict is not for the action with digest ${round.actionDigest}` };
  }
  if (round.status !== 'pending') {
    return { code: 'already_resolved', says: `Already ${round.status} by ${round.resolvedBy ?? 'the clock'}` };
  }
  return null;
}

function refused(round: ApprovalRound, refusal: Pick<Refusal, 'code' | 'says'>): Refusal {
  const { approvalId, resolvedBy, resolvedAt } = round;
  return { accepted: false, approvalId, ...refusal, resolvedBy, resolvedAt };
}

/** Gives a verdict to a round. The first that counts resolves it; every other is refused and told why. */
export function answerRound(
  round: ApprovalRound,
  verdict: WeighedVerdict,
  now: number,
): { round: ApprovalRound; answer: ReviewAnswer } {
  const refusal = refusalOf(round, verdict);
  if (refusal !== null) return { round, answer: refused(round, refusal) };
  const status = verdict.verdict === 'approve' ? 'approved' : 'denied';
  const { reviewer, comment, unsigned } = verdict;
  return {
    round: { ...round, status, resolvedBy: reviewer, resolvedAt: now, comment, unsigned },
    answer: { accepted: true, approvalId: round.approvalId, status, resolvedBy: reviewer, resolvedAt: now },
  };
}

/** The refusal of a verdict that nothing waits for any more. `round` is the last that was asked, null if none was. */
export function answerLate(round: ApprovalRound | null, verdict: WeighedVerdict): Refusal {
  const nothingAsked = { code: 'not_found', says: 'Nobody was asked about this action' } as const;
  if (round !== null) return refused(round, refusalOf(round, verdict) ?? nothingAsked);
  const { refusal } = verdict;
  return refused(openRound('', '', ''), refusal === null ? nothingAsked : { code: 'forbidden', says: refusal });
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
