import type { ApprovalStage, ApprovalTerms, Reviewers } from '@gatehouse/sdk/contract';
import { plainTerms } from '@gatehouse/sdk/contract';
import { answerRound, type WeighedVerdict } from '../../../src/workflows/approval.ts';
import type { Person } from '../../../src/workflows/eligibility.ts';
import type { ReviewAnswer } from '../../../src/workflows/messages.ts';
import { openRound, type ApprovalRound } from '../../../src/workflows/round.ts';

export const QUESTION = {
  approvalId: 'apr_1',
  actionDigest: 'sha256:a',
  policyDigest: 'sha256:p',
  terms: plainTerms(3600),
  vote: null,
};
/** Who asks in these tests. */
export const AGENT = 'robot';

export function person(name: string, ...groups: string[]): Person {
  return { name, role: 'reviewer', groups };
}

export function reviewers(some: Partial<Reviewers> = {}): Reviewers {
  return { users: [], groups: [], roles: [], ...some };
}

export function stage(some: Partial<ApprovalStage> = {}): ApprovalStage {
  return { name: 'review', reviewers: reviewers(), quorum: 1, distinctGroups: false, escalation: [], ...some };
}

/** A question with these parts. */
export function asked(stages: ApprovalStage[], terms: Partial<ApprovalTerms> = {}): ApprovalRound {
  return openRound({ ...QUESTION, terms: { ...plainTerms(3600), stages, ...terms } }, AGENT, 0);
}

export function says(
  verdict: WeighedVerdict['verdict'],
  reviewer: Person,
  more: Partial<WeighedVerdict> = {},
): WeighedVerdict {
  return {
    ...{ verdict, reviewer, comment: null, detail: null, unsigned: false, refusal: null },
    ...{ approvalId: 'apr_1', actionDigest: 'sha256:a', policyDigest: 'sha256:p' },
    ...more,
  };
}

/** Gives one verdict after the other; what the last one did. */
export function hear(
  round: ApprovalRound,
  ...verdicts: readonly WeighedVerdict[]
): { round: ApprovalRound; answer: ReviewAnswer | undefined } {
  let answer: ReviewAnswer | undefined;
  for (const [now, verdict] of verdicts.entries()) ({ round, answer } = answerRound(round, verdict, now + 1));
  return { round, answer };
}

export const delegateTo = (to: string) => ({ detail: { kind: 'delegate', to } as const });
