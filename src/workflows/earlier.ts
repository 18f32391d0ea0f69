import type { ApprovalTerms } from '@gatehouse/sdk/contract';
import type { ActionRequest, ApprovalQuestion, ReviewInput, Standing } from './messages.ts';

/** What questions were asked under before there were terms: one reviewer, whoever it is. */
const PLAIN: Omit<ApprovalTerms, 'expiresInSeconds'> = {
  stages: [
    {
      name: 'review',
      reviewers: { users: [], groups: [], roles: [] },
      quorum: 1,
      distinctGroups: false,
      escalation: [],
    },
  ],
  ...{ remindEverySeconds: null, hours: null, run: [], commentRequired: false, tickets: [], grants: null },
  ...{ excludeOwner: false, barred: [] },
};

type Older<Whole, Later extends keyof Whole> = Omit<Whole, Later> & Partial<Pick<Whole, Later>>;
/** The question of an action that was held by an earlier version: an open workflow replays what it was told then. */
type AnyQuestion = Older<ApprovalQuestion, 'actionDigest' | 'policyDigest' | 'terms' | 'vote'>;
/** A verdict of the same time. */
type AnyReview = Older<ReviewInput, 'policyDigest' | 'role' | 'groups' | 'detail'>;

/** The open question of a standing, or null. */
export function questionOf(request: ActionRequest, standing: Standing): ApprovalQuestion | null {
  const question: AnyQuestion | null = standing.approval;
  if (question === null) return null;
  const { expiresInSeconds } = question;
  return {
    actionDigest: request.digest,
    policyDigest: standing.policyDigest,
    terms: { ...PLAIN, expiresInSeconds },
    vote: null,
    ...question,
  };
}

/** What a verdict says beside its word. */
export function factsOf(
  review: AnyReview,
): Pick<ReviewInput, 'role' | 'groups' | 'detail'> & { policyDigest: string | null } {
  const { role = 'reviewer', groups = [], detail = null, policyDigest = null } = review;
  return { role, groups, detail, policyDigest };
}
