import type { VerdictWord } from '@gatehouse/sdk/contract';
import { missingIn, saysSomething } from './comment.ts';
import { takeBack, whyNotTo } from './delegation.ts';
import { hasAnySay, isReviewer, mayOverride, standingIn, whyBarred, type Person } from './eligibility.ts';
import type { CountedVote, ReviewAnswer, VerdictDetail, VerdictRefusal } from './messages.ts';
import { advance, isFulfilled } from './quorum.ts';
import type { ApprovalRound } from './round.ts';

/** A verdict with what was found out about its authority. */
export interface WeighedVerdict {
  verdict: VerdictWord;
  reviewer: Person;
  comment: string | null;
  detail: VerdictDetail | null;
  unsigned: boolean;
  /** What the reviewer saw. A signal has no digests, and no approval where nothing had been asked before it came. */
  approvalId: string | null;
  actionDigest: string | null;
  policyDigest: string | null;
  /** Why the verdict has no authority; null when it has. */
  refusal: string | null;
}

/** So many questions can be put to an agent about one action: each is kept with the approval. */
const MOST_QUESTIONS = 20;

type Refused = Extract<ReviewAnswer, { accepted: false }>;
interface Refusal {
  code: VerdictRefusal;
  says: string;
}
type Step = (round: ApprovalRound, verdict: WeighedVerdict, now: number) => ApprovalRound | Refusal;

const STEPS: Readonly<Record<VerdictWord, Step>> = {
  approve,
  reject,
  edit,
  ask,
  delegate,
  abstain,
  withdraw,
  override,
};

/** Gives a verdict to a round. What ends the round ends it once; every verdict that does not count is told why. */
export function answerRound(
  round: ApprovalRound,
  verdict: WeighedVerdict,
  now: number,
): { round: ApprovalRound; answer: ReviewAnswer } {
  const next = refusalOf(round, verdict) ?? STEPS[verdict.verdict](round, verdict, now);
  if ('code' in next) return { round, answer: refused(round, next) };
  const { approvalId, resolvedBy, resolvedAt } = next;
  const status = next.status === 'approved' || next.status === 'denied' ? next.status : 'pending';
  return { round: next, answer: { accepted: true, approvalId, status, resolvedBy, resolvedAt } };
}

/** The refusal of a verdict that nothing waits for any more. `round` is the last that was asked, null if none was. */
export function answerLate(round: ApprovalRound | null, verdict: WeighedVerdict): Refused {
  const nothingAsked: Refusal = { code: 'not_found', says: 'Nobody was asked about this action' };
  if (round !== null) return refused(round, refusalOf(round, verdict) ?? nothingAsked);
  const { refusal } = verdict;
  const none = { approvalId: '', resolvedBy: null, resolvedAt: null };
  return refused(none, refusal === null ? nothingAsked : { code: 'forbidden', says: refusal });
}

/**
 * Why a verdict does not count for a round, whatever it says, or null.
 * INVARIANT: I5 an agent cannot approve. The requester is never the reviewer, nor is anybody it acts for.
 */
function refusalOf(round: ApprovalRound, verdict: WeighedVerdict): Refusal | null {
  if (verdict.refusal !== null) return { code: 'forbidden', says: verdict.refusal };
  if (!isReviewer(verdict.reviewer)) {
    const { name, role } = verdict.reviewer;
    return { code: 'forbidden', says: `${name} has the role ${role}, which answers nothing` };
  }
  const barred = whyBarred(round, verdict.reviewer.name);
  if (barred !== null) return { code: 'self_review', says: barred };
  if (verdict.approvalId !== null && verdict.approvalId !== round.approvalId) {
    const says = `The verdict is for ${verdict.approvalId}; what is asked now is ${round.approvalId}`;
    return { code: 'digest_mismatch', says };
  }
  if (verdict.actionDigest !== null && verdict.actionDigest !== round.actionDigest) {
    return { code: 'digest_mismatch', says: `The verdict is not for the action with digest ${round.actionDigest}` };
  }
  if (verdict.policyDigest !== null && verdict.policyDigest !== round.policyDigest) {
    return { code: 'digest_mismatch', says: `The verdict is not for the question of policy ${round.policyDigest}` };
  }
  if (round.status !== 'pending') {
    return { code: 'already_resolved', says: `Already ${round.status} by ${round.resolvedBy ?? 'the clock'}` };
  }
  return null;
}

/** The refusal of a verdict that has counted before, sent once more, by whomever: what was withdrawn is not said again by it. */
export function answerRepeat(round: ApprovalRound): Refused {
  return refused(round, { code: 'already_voted', says: 'This very verdict was given before, and counts once' });
}

function refused(round: Pick<ApprovalRound, 'approvalId' | 'resolvedBy' | 'resolvedAt'>, refusal: Refusal): Refused {
  const { approvalId, resolvedBy, resolvedAt } = round;
  return { accepted: false, approvalId, ...refusal, resolvedBy, resolvedAt };
}

function approve(round: ApprovalRound, verdict: WeighedVerdict, now: number): ApprovalRound | Refusal {
  // The same approval once more is no conflict (F02).
  if (ownVote(round, verdict)?.vote === 'approve' && verdict.detail === null) return round;
  const vote = voteOf(round, verdict, 'approve', now);
  if ('code' in vote) return vote;
  const missing = missingIn(verdict.comment, round.terms);
  if (missing !== null) return { code: 'comment_required', says: missing };
  const voted = { ...round, votes: [...without(round, verdict), vote] };
  const { grants } = round.terms;
  const isEnd = isFulfilled(voted);
  const grant = verdict.detail?.kind === 'grant' ? verdict.detail.grant : null;
  if (grant !== null) {
    if (grants === null) return { code: 'grant_refused', says: 'The rule that asks permits no standing permission' };
    if (!isEnd) return { code: 'grant_refused', says: 'Only the last approval that is needed can add one' };
    if (grant.uses > grants.uses || grant.withinSeconds > grants.withinSeconds) {
      const most = `${String(grants.uses)} uses within ${String(grants.withinSeconds)} seconds`;
      return { code: 'grant_refused', says: `The policy permits at most ${most}` };
    }
  }
  if (isEnd) return { ...resolve(voted, verdict, 'approved', now), grant };
  return advance(voted, now);
}

function reject(round: ApprovalRound, verdict: WeighedVerdict, now: number): ApprovalRound | Refusal {
  return hasAnySay(round, verdict.reviewer) ? resolve(round, verdict, 'denied', now) : notAReviewer(round, verdict);
}

/** Approves other arguments than those asked for. What they need is judged anew; here the editor must have a say. */
function edit(round: ApprovalRound, verdict: WeighedVerdict, now: number): ApprovalRound | Refusal {
  const { detail } = verdict;
  if (detail?.kind !== 'edit') return { code: 'edit_refused', says: 'There are no arguments in the verdict' };
  if (detail.digest === round.actionDigest)
    return { code: 'edit_refused', says: 'The arguments are the same: approve them' };
  const vote = voteOf(round, verdict, 'approve', now);
  if ('code' in vote) return vote;
  const missing = missingIn(verdict.comment, round.terms);
  if (missing !== null) return { code: 'comment_required', says: missing };
  // What it is judged to need has delegations of its own: the editor stands there for nobody else's groups.
  const own = { ...vote, groups: verdict.reviewer.groups };
  const voted = { ...round, votes: [...without(round, verdict), own] };
  const { digest } = detail;
  return { ...resolve(voted, verdict, 'approved', now), edit: { arguments: detail.arguments, digest } };
}

function ask(round: ApprovalRound, verdict: WeighedVerdict, now: number): ApprovalRound | Refusal {
  const { detail } = verdict;
  if (!hasAnySay(round, verdict.reviewer)) return notAReviewer(round, verdict);
  if (detail?.kind !== 'ask') return { code: 'comment_required', says: 'There is no question in the verdict' };
  if (round.questions.length >= MOST_QUESTIONS) {
    return {
      code: 'already_voted',
      says: `${String(MOST_QUESTIONS)} questions were asked already; decide on this one`,
    };
  }
  const id = `q${String(round.questions.length + 1)}`;
  const asked = { id, by: verdict.reviewer.name, at: now, question: detail.question, answer: null, answeredAt: null };
  return { ...round, questions: [...round.questions, asked] };
}

function delegate(round: ApprovalRound, verdict: WeighedVerdict, now: number): ApprovalRound | Refusal {
  const groups = standingIn(round, round.stage, verdict.reviewer);
  if (groups === null) return notAReviewer(round, verdict);
  if (ownVote(round, verdict)?.vote === 'approve') return hasVoted(verdict);
  const to = verdict.detail?.kind === 'delegate' ? verdict.detail.to : '';
  const barred = whyBarred(round, to);
  if (barred !== null) return { code: 'self_review', says: barred };
  const why = whyNotTo(round, verdict.reviewer.name, to);
  if (why !== null) return { code: 'not_a_reviewer', says: why };
  const given = { from: verdict.reviewer.name, groups, to, stage: round.stage, at: now };
  return { ...round, votes: without(round, verdict), delegations: [...round.delegations, given] };
}

function abstain(round: ApprovalRound, verdict: WeighedVerdict, now: number): ApprovalRound | Refusal {
  if (ownVote(round, verdict)?.vote === 'abstain') return round;
  const vote = voteOf(round, verdict, 'abstain', now);
  return 'code' in vote ? vote : { ...round, votes: [...without(round, verdict), vote] };
}

/** Takes back one's word on the part that is open, or the delegation of it. */
function withdraw(round: ApprovalRound, verdict: WeighedVerdict): ApprovalRound | Refusal {
  const { name } = verdict.reviewer;
  const back = takeBack({ ...round, votes: without(round, verdict) }, name);
  if (back.delegations.length === round.delegations.length && back.votes.length === round.votes.length) {
    return { code: 'nothing_to_withdraw', says: `${name} has said nothing on the part that is open` };
  }
  return back;
}

/** Break-glass: an admin or owner approves alone. It is loud in the record, and somebody else looks at it afterwards. */
function override(round: ApprovalRound, verdict: WeighedVerdict, now: number): ApprovalRound | Refusal {
  if (!mayOverride(verdict.reviewer) || verdict.unsigned) {
    return { code: 'not_a_reviewer', says: 'Only an admin or an owner can override the terms of an approval' };
  }
  if (!saysSomething(verdict.comment)) return { code: 'comment_required', says: 'Say why the terms are overridden' };
  return { ...resolve(round, verdict, 'approved', now), breakGlass: true };
}

function voteOf(
  round: ApprovalRound,
  verdict: WeighedVerdict,
  vote: CountedVote['vote'],
  now: number,
): CountedVote | Refusal {
  const { reviewer, comment, unsigned } = verdict;
  const groups = standingIn(round, round.stage, reviewer);
  if (groups === null) return notAReviewer(round, verdict);
  // One person, one approval of a question, in whichever part: two pairs of eyes are two people.
  const said = round.votes.find((one) => one.reviewer === reviewer.name && one.vote === 'approve');
  if (said !== undefined) return hasVoted(verdict);
  return { reviewer: reviewer.name, role: reviewer.role, vote, stage: round.stage, groups, at: now, comment, unsigned };
}

function ownVote(round: ApprovalRound, { reviewer }: WeighedVerdict): CountedVote | undefined {
  return round.votes.find((one) => one.reviewer === reviewer.name && one.stage === round.stage);
}

function without(round: ApprovalRound, { reviewer }: WeighedVerdict): readonly CountedVote[] {
  return round.votes.filter((one) => one.reviewer !== reviewer.name || one.stage !== round.stage);
}

function hasVoted({ reviewer }: WeighedVerdict): Refusal {
  return { code: 'already_voted', says: `${reviewer.name} has approved already; withdraw that first` };
}

function notAReviewer(round: ApprovalRound, { reviewer }: WeighedVerdict): Refusal {
  const part = round.terms.stages[round.stage]?.name ?? 'review';
  return { code: 'not_a_reviewer', says: `${reviewer.name} is not among those who may answer the part "${part}"` };
}

function resolve(
  round: ApprovalRound,
  { reviewer, comment, unsigned }: WeighedVerdict,
  status: 'approved' | 'denied',
  now: number,
): ApprovalRound {
  // One unsigned word among those that led here marks the whole.
  const mixed =
    unsigned || (status === 'approved' && round.votes.some((one) => one.vote === 'approve' && one.unsigned));
  return { ...round, status, resolvedBy: reviewer.name, resolvedAt: now, comment, unsigned: mixed };
}
