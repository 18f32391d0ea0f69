import type { ApprovalStage, ApprovalTerms } from '@gatehouse/sdk/contract';
import { plainTerms } from '@gatehouse/sdk/contract';
import * as fc from 'fast-check';
import type { WeighedVerdict } from '../../../src/workflows/approval.ts';
import type { Person } from '../../../src/workflows/eligibility.ts';
import { AGENT, reviewers, stage } from './rounds.ts';

/** Everybody who may turn up, those included who must never count. */
export const PEOPLE: readonly Person[] = [
  { name: 'ann', role: 'reviewer', groups: ['owners'] },
  { name: 'bob', role: 'reviewer', groups: ['owners', 'security'] },
  { name: 'eve', role: 'reviewer', groups: ['security'] },
  { name: 'sam', role: 'reviewer', groups: [] },
  { name: 'zoe', role: 'admin', groups: ['leads'] },
  { name: AGENT, role: 'reviewer', groups: ['owners', 'security', 'leads'] },
  { name: 'other-agent', role: 'agent', groups: ['owners'] },
];

/** Something that can happen to a question while it is open, or after. */
export type Happening =
  /** A verdict that is not stale is for whatever is asked when it comes. */
  | { what: 'verdict'; verdict: WeighedVerdict; stale: boolean }
  | { what: 'expire' | 'escalate' | 'restart' }
  | { what: 'cancel'; by: string }
  | { what: 'answer'; questionId: string };

const anyReviewers = fc.constantFrom(
  reviewers(),
  reviewers({ users: ['ann', 'sam'] }),
  reviewers({ groups: ['owners'] }),
  reviewers({ groups: ['owners', 'security'] }),
  reviewers({ groups: ['security', 'leads'], users: ['sam'] }),
  reviewers({ roles: ['admin'] }),
);
const anyStage = fc.record({
  name: fc.constant('review'),
  reviewers: anyReviewers,
  quorum: fc.constantFrom(1, 1, 2, 2, 3),
  distinctGroups: fc.constantFrom(false, false, true),
  escalation: fc
    .array(anyReviewers, { maxLength: 2 })
    .map((steps) => steps.map((to, index) => ({ afterSeconds: index + 1, to }))),
});
const seldom = <T>(value: T, plain: T) => fc.constantFrom<T>(plain, plain, plain, value);

export const anyTerms: fc.Arbitrary<ApprovalTerms> = fc
  .record({
    stages: fc.oneof(
      fc.constant<ApprovalStage[]>([stage()]),
      fc.array<ApprovalStage>(anyStage, { minLength: 1, maxLength: 3 }),
    ),
    commentRequired: seldom(true, false),
    tickets: seldom<string[]>(['OPS-#'], []),
    grants: fc.constantFrom<ApprovalTerms['grants']>(null, { uses: 2, withinSeconds: 60 }),
  })
  .map((terms) => ({ ...plainTerms(3600), ...terms }));

const grant = { name: 'alike', uses: 2, withinSeconds: 60 };
const detailOf = (verdict: WeighedVerdict['verdict'], to: string, other: boolean): WeighedVerdict['detail'] => {
  if (verdict === 'edit') return { kind: 'edit', arguments: { count: 5 }, digest: other ? 'sha256:e' : 'sha256:a' };
  if (verdict === 'ask') return { kind: 'ask', question: 'Why?' };
  if (verdict === 'delegate') return { kind: 'delegate', to };
  return verdict === 'approve' && other ? { kind: 'grant', grant: { ...grant, uses: to === 'ann' ? 3 : 2 } } : null;
};

const words = ['approve', 'approve', 'approve', 'approve', 'approve', 'approve', 'delegate', 'delegate', 'withdraw'];
const rareWords = ['edit', 'edit', 'edit', 'reject', 'ask', 'abstain', 'override', 'override', 'override'];
/** Mostly the first, now and then one of the others. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const anyVerdict: fc.Arbitrary<WeighedVerdict> = fc
  .record({
    verdict: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...words) },
      { weight: 1, arbitrary: fc.constantFrom(...rareWords) },
    ) as fc.Arbitrary<WeighedVerdict['verdict']>,
    reviewer: fc.constantFrom(...PEOPLE),
    comment: fc.constantFrom(null, 'a word', 'OPS-12', 'OPS-12'),
    to: fc.constantFrom(...PEOPLE.map(({ name }) => name), ''),
    other: fc.constantFrom(false, false, false, true),
    unsigned: mostly(false, true),
    approvalId: mostly<string | null>('apr_1', null, 'apr_2'),
    actionDigest: mostly<string | null>('sha256:a', null, 'sha256:e'),
    policyDigest: mostly<string | null>('sha256:p', null, 'sha256:q'),
    refusal: mostly<string | null>(null, 'forged'),
  })
  .map(({ to, other, ...verdict }) => ({
    ...verdict,
    detail: detailOf(verdict.verdict, to, verdict.verdict === 'edit' ? !other : other),
  }));

export const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 36,
    arbitrary: fc
      .tuple(anyVerdict, mostly(false, true))
      .map(([verdict, stale]) => ({ what: 'verdict', verdict, stale }) as const),
  },
  { weight: 2, arbitrary: fc.constant({ what: 'restart' } as const) },
  { weight: 2, arbitrary: fc.constant({ what: 'escalate' } as const) },
  { weight: 1, arbitrary: fc.constantFrom('q1', 'q2').map((questionId) => ({ what: 'answer', questionId }) as const) },
  { weight: 1, arbitrary: fc.constantFrom({ what: 'expire' } as const, { what: 'cancel', by: 'zoe' } as const) },
);

const OTHER = new Map([
  ['apr_1', 'apr_2'],
  ['apr_2', 'apr_1'],
  ['sha256:a', 'sha256:e'],
  ['sha256:e', 'sha256:a'],
]);

/** The same for the question that an edit has led to. */
export function forTheNext(happening: Happening): Happening {
  if (happening.what !== 'verdict' || happening.stale) return happening;
  const { verdict } = happening;
  const other = (text: string | null): string | null => (text === null ? null : (OTHER.get(text) ?? text));
  const { approvalId, actionDigest } = verdict;
  return { ...happening, verdict: { ...verdict, approvalId: other(approvalId), actionDigest: other(actionDigest) } };
}
