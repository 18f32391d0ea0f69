import * as fc from 'fast-check';
import {
  answerLate,
  answerRound,
  cancelRound,
  expireRound,
  openRound,
  type ApprovalRound,
  type WeighedVerdict,
} from '../../src/workflows/approval.ts';

const opened = openRound('apr_1', 'sha256:a', 'robot');
const fromAnn: WeighedVerdict = {
  verdict: 'approve',
  reviewer: 'ann',
  comment: null,
  unsigned: false,
  approvalId: 'apr_1',
  actionDigest: 'sha256:a',
  refusal: null,
};

it('the first verdict that counts resolves the round', () => {
  const { round, answer } = answerRound(opened, { ...fromAnn, comment: 'fine' }, 5);
  expect(round).toEqual({ ...opened, status: 'approved', resolvedBy: 'ann', resolvedAt: 5, comment: 'fine' });
  expect(answer).toEqual({ accepted: true, approvalId: 'apr_1', status: 'approved', resolvedBy: 'ann', resolvedAt: 5 });
});

it('a rejection denies it', () => {
  expect(answerRound(opened, { ...fromAnn, verdict: 'reject' }, 5).round.status).toBe('denied');
});

it('the second is refused and told who was first, and when', () => {
  const { round } = answerRound(opened, fromAnn, 5);
  const late = answerRound(round, { ...fromAnn, reviewer: 'bob', verdict: 'reject' }, 9);
  expect(late.round).toBe(round);
  expect(late.answer).toMatchObject({ accepted: false, code: 'already_resolved', resolvedBy: 'ann', resolvedAt: 5 });
});

it.each([
  ['a verdict without authority', { refusal: 'forged' }, 'forbidden'],
  ['the requester', { reviewer: 'robot' }, 'self_review'],
  ['another approval', { approvalId: 'apr_2' }, 'digest_mismatch'],
  ['another digest', { actionDigest: 'sha256:b' }, 'digest_mismatch'],
])('%s resolves nothing', (_, change, code) => {
  const { round, answer } = answerRound(opened, { ...fromAnn, ...change }, 5);
  expect(round).toBe(opened);
  expect(answer).toMatchObject({ accepted: false, code, resolvedBy: null, resolvedAt: null });
});

it('a verdict that names neither approval nor digest is for what is asked now', () => {
  const bare = { ...fromAnn, approvalId: null, actionDigest: null, unsigned: true };
  expect(answerRound(opened, bare, 5).round).toMatchObject({ status: 'approved', unsigned: true });
});

it('an expired round takes no verdict', () => {
  const { round, answer } = answerRound(expireRound(opened, 7), fromAnn, 8);
  expect(round.status).toBe('expired');
  expect(answer).toMatchObject({ accepted: false, code: 'already_resolved', says: 'Already expired by the clock' });
});

it('a verdict on an action that nobody was asked about is refused, and a forged one as forged', () => {
  expect(answerLate(null, fromAnn)).toMatchObject({ accepted: false, code: 'not_found' });
  expect(answerLate(null, { ...fromAnn, refusal: 'forged' })).toMatchObject({ code: 'forbidden', says: 'forged' });
});

type Step = (round: ApprovalRound, now: number) => ApprovalRound;

const verdictArbitrary: fc.Arbitrary<WeighedVerdict> = fc.record({
  verdict: fc.constantFrom('approve' as const, 'reject' as const),
  reviewer: fc.constantFrom('ann', 'bob', 'robot'),
  comment: fc.constantFrom(null, 'a word'),
  unsigned: fc.boolean(),
  approvalId: fc.constantFrom(null, 'apr_1', 'apr_2'),
  actionDigest: fc.constantFrom(null, 'sha256:a', 'sha256:b'),
  refusal: fc.constantFrom(null, 'forged'),
});
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  verdictArbitrary.map(
    (verdict): Step =>
      (round, now) =>
        answerRound(round, verdict, now).round,
  ),
  fc.constant<Step>((round, now) => expireRound(round, now)),
  fc.constant<Step>((round, now) => cancelRound(round, 'admin:zoe', null, now)),
);

it('whatever comes, in whatever order: a resolved round never changes', () => {
  fc.assert(
    fc.property(fc.array(stepArbitrary, { maxLength: 20 }), (steps) => {
      let round = opened;
      for (const [now, step] of steps.entries()) {
        const next = step(round, now);
        if (round.status !== 'pending') expect(next).toBe(round);
        round = next;
      }
    }),
  );
});

it('only a signed or admitted verdict of somebody else, for this very question, approves', () => {
  fc.assert(
    fc.property(verdictArbitrary, (verdict) => {
      const { round, answer } = answerRound(opened, verdict, 1);
      const counts =
        verdict.refusal === null &&
        verdict.reviewer !== 'robot' &&
        verdict.approvalId !== 'apr_2' &&
        verdict.actionDigest !== 'sha256:b';
      expect(answer.accepted).toBe(counts);
      expect(round.status === 'approved').toBe(counts && verdict.verdict === 'approve');
    }),
  );
});
