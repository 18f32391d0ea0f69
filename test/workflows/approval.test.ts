import { answerLate, answerRound } from '../../src/workflows/approval.ts';
import type { CountedVote } from '../../src/workflows/messages.ts';
import { answerQuestion, cancelRound, expireRound, openRound } from '../../src/workflows/round.ts';
import { AGENT, asked, hear, person, QUESTION, reviewers, says, stage } from './support/rounds.ts';

const opened = openRound(QUESTION, AGENT, 0);
const [ann, bob] = [person('ann'), person('bob')];
const admin = { ...person('zoe'), role: 'admin' };
const two = asked([stage({ quorum: 2 })]);

it('under plain terms the first approval resolves the round', () => {
  const { round, answer } = answerRound(opened, says('approve', ann, { comment: 'fine' }), 5);
  expect(round).toMatchObject({ status: 'approved', resolvedBy: 'ann', resolvedAt: 5, comment: 'fine' });
  expect(answer).toEqual({ accepted: true, approvalId: 'apr_1', status: 'approved', resolvedBy: 'ann', resolvedAt: 5 });
});

it('a rejection denies it, whatever others have approved', () => {
  expect(hear(two, says('approve', ann), says('reject', bob)).round).toMatchObject({
    status: 'denied',
    resolvedBy: 'bob',
  });
});

it('F02 of two who race one wins, and the other is told who was first, and when', () => {
  const { round } = answerRound(opened, says('approve', ann), 5);
  const late = answerRound(round, says('reject', bob), 9);
  expect(late.round).toBe(round);
  expect(late.answer).toMatchObject({ accepted: false, code: 'already_resolved', resolvedBy: 'ann', resolvedAt: 5 });
});

it('F02 the same approval once more counts once and is no conflict', () => {
  const once = hear(two, says('approve', ann)).round;
  const again = answerRound(once, says('approve', ann), 9);
  expect(again.round).toBe(once);
  expect(again.answer).toMatchObject({ accepted: true, status: 'pending' });
});

it.each([
  ['a verdict without authority', { refusal: 'forged' }, 'forbidden'],
  ['the requester', { reviewer: person(AGENT) }, 'self_review'],
  ['somebody with the role of an agent', { reviewer: { ...ann, role: 'agent' } }, 'forbidden'],
  ['somebody with a role that nobody knows', { reviewer: { ...ann, role: 'root' } }, 'forbidden'],
  ['F03 a verdict for another approval', { approvalId: 'apr_2' }, 'digest_mismatch'],
  ['F03 a verdict for another action', { actionDigest: 'sha256:b' }, 'digest_mismatch'],
  ['F04 a verdict for the question of another policy', { policyDigest: 'sha256:q' }, 'digest_mismatch'],
])('%s resolves nothing', (_, change, code) => {
  for (const verdict of ['approve', 'reject', 'override', 'withdraw', 'abstain'] as const) {
    const { round, answer } = answerRound(opened, says(verdict, admin, { comment: 'why', ...change }), 5);
    expect(round).toBe(opened);
    expect(answer).toMatchObject({ accepted: false, code, resolvedBy: null, resolvedAt: null });
  }
});

it('a verdict that names neither approval nor digest is for what is asked now, and marks what it ends', () => {
  const bare = says('approve', ann, { approvalId: null, actionDigest: null, policyDigest: null, unsigned: true });
  expect(answerRound(opened, bare, 5).round).toMatchObject({ status: 'approved', unsigned: true });
  expect(hear(two, bare, says('approve', bob)).round).toMatchObject({ status: 'approved', unsigned: true });
});

it('F27 an expired round takes no verdict', () => {
  const { round, answer } = answerRound(expireRound(opened, 7), says('approve', ann), 8);
  expect(round.status).toBe('expired');
  expect(answer).toMatchObject({ accepted: false, code: 'already_resolved', says: 'Already expired by the clock' });
});

it('F16 what came first stands: an approved round does not expire, and is not cancelled', () => {
  const { round } = answerRound(opened, says('approve', ann), 5);
  expect(expireRound(round, 5)).toBe(round);
  expect(cancelRound(round, 'zoe', null, 5)).toBe(round);
});

it('a verdict on an action that nobody was asked about is refused, and a forged one as forged', () => {
  expect(answerLate(null, says('approve', ann))).toMatchObject({ accepted: false, code: 'not_found' });
  expect(answerLate(null, says('approve', ann, { refusal: 'forged' }))).toMatchObject({
    code: 'forbidden',
    says: 'forged',
  });
});

it('who has no say can neither approve, reject, edit, ask, delegate nor abstain', () => {
  const owners = asked([stage({ reviewers: reviewers({ groups: ['owners'] }) })]);
  for (const verdict of ['approve', 'reject', 'edit', 'ask', 'delegate', 'abstain'] as const) {
    const detail = verdict === 'edit' ? ({ kind: 'edit', arguments: {}, digest: 'sha256:e' } as const) : null;
    const { round, answer } = answerRound(owners, says(verdict, ann, { detail }), 1);
    expect(round).toBe(owners);
    expect(answer).toMatchObject({ accepted: false, code: 'not_a_reviewer' });
  }
});

describe('an edit', () => {
  const edited = { kind: 'edit', arguments: { count: 5 }, digest: 'sha256:e' } as const;

  it('ends the round with the arguments of the editor, whose approval goes along', () => {
    const { round } = answerRound(two, says('edit', ann, { detail: edited, comment: 'fewer' }), 5);
    expect(round).toMatchObject({ status: 'approved', edit: { arguments: { count: 5 }, digest: 'sha256:e' } });
    expect(round.votes).toMatchObject([{ reviewer: 'ann', vote: 'approve' }]);
  });

  it('of nothing is an approval, and is told so', () => {
    const same = { ...edited, digest: 'sha256:a' };
    expect(answerRound(two, says('edit', ann, { detail: same }), 5).answer).toMatchObject({ code: 'edit_refused' });
    expect(answerRound(two, says('edit', ann), 5).answer).toMatchObject({ code: 'edit_refused' });
  });

  const vote: CountedVote = {
    ...{ reviewer: 'ann', role: 'reviewer', vote: 'approve', stage: 0, groups: ['leads'], at: 5 },
    ...{ comment: 'fewer', unsigned: false },
  };
  const next = (stages: Parameters<typeof asked>[0]) =>
    openRound({ ...QUESTION, terms: asked(stages).terms, vote }, AGENT, 9);

  it('needs nobody else where the editor alone is enough for what it is now', () => {
    expect(next([stage()])).toMatchObject({ status: 'approved', resolvedBy: 'ann', resolvedAt: 9 });
  });

  it('counts towards a quorum of the next question, and opens its next part', () => {
    expect(next([stage({ quorum: 2 })])).toMatchObject({ status: 'pending', votes: [{ reviewer: 'ann' }] });
    expect(next([stage(), stage({ name: 'security' })])).toMatchObject({ stage: 1, stageSince: 9, status: 'pending' });
  });

  it('counts for nothing where the editor has no say, asked for it, or says too little', () => {
    expect(next([stage({ reviewers: reviewers({ users: ['bob'] }) })]).votes).toEqual([]);
    expect(openRound({ ...QUESTION, vote }, 'ann', 9)).toMatchObject({ status: 'pending', votes: [] });
    const terms = { ...QUESTION.terms, tickets: ['OPS-#'] };
    expect(openRound({ ...QUESTION, terms, vote }, AGENT, 9)).toMatchObject({ status: 'pending', votes: [] });
  });
});

describe('a question to the agent', () => {
  const question = { detail: { kind: 'ask', question: 'Which customers?' } } as const;

  it('stands on the round until the agent answers it, once', () => {
    const { round } = hear(opened, says('ask', ann, question));
    expect(round).toMatchObject({ status: 'pending', questions: [{ id: 'q1', by: 'ann', answer: null }] });
    const answered = answerQuestion(round, 'q1', 'Those of May', 7);
    expect(answered?.questions).toMatchObject([{ answer: 'Those of May', answeredAt: 7 }]);
    expect(answerQuestion(answered ?? round, 'q1', 'All', 8)).toBeNull();
    expect(answerQuestion(round, 'q2', 'All', 8)).toBeNull();
  });

  it('cannot be answered once the round is resolved', () => {
    expect(
      answerQuestion(hear(opened, says('ask', ann, question), says('reject', bob)).round, 'q1', 'x', 9),
    ).toBeNull();
  });

  it('does not keep anybody from approving, and does not count as approval', () => {
    expect(hear(two, says('ask', ann, question), says('approve', bob)).round.status).toBe('pending');
    expect(hear(two, says('ask', ann, question), says('approve', bob), says('approve', ann)).round.status).toBe(
      'approved',
    );
  });

  it('is one of a number that has an end', () => {
    const many = Array.from({ length: 21 }, () => says('ask', ann, question));
    const { round, answer } = hear(opened, ...many);
    expect(round.questions).toHaveLength(20);
    expect(answer).toMatchObject({ accepted: false, code: 'already_voted' });
  });
});

describe('abstaining and withdrawing', () => {
  it('who abstains is on record and counts for nothing, and may approve later', () => {
    const abstained = hear(two, says('abstain', ann), says('approve', bob)).round;
    expect(abstained).toMatchObject({ status: 'pending', votes: [{ vote: 'abstain' }, { vote: 'approve' }] });
    expect(hear(abstained, says('approve', ann)).round.status).toBe('approved');
  });

  it('an approval is taken back by withdrawing, not by abstaining', () => {
    const { round, answer } = hear(two, says('approve', ann), says('abstain', ann));
    expect(answer).toMatchObject({ code: 'already_voted' });
    expect(hear(round, says('withdraw', ann), says('approve', bob)).round).toMatchObject({
      status: 'pending',
      votes: [{ reviewer: 'bob' }],
    });
  });

  it('who has said nothing has nothing to withdraw', () => {
    expect(hear(two, says('approve', ann), says('withdraw', bob)).answer).toMatchObject({
      code: 'nothing_to_withdraw',
    });
  });

  it('what ended the round cannot be withdrawn', () => {
    expect(hear(opened, says('approve', ann), says('withdraw', ann)).answer).toMatchObject({
      code: 'already_resolved',
    });
  });
});

describe('break-glass', () => {
  it('an admin approves alone, with a reason, and the round says so', () => {
    const { round } = answerRound(two, says('override', admin, { comment: 'outage' }), 5);
    expect(round).toMatchObject({ status: 'approved', breakGlass: true, resolvedBy: 'zoe', comment: 'outage' });
  });

  it.each([
    ['a reviewer', says('override', ann, { comment: 'outage' }), 'not_a_reviewer'],
    ['an unsigned word', says('override', admin, { comment: 'outage', unsigned: true }), 'not_a_reviewer'],
    ['an admin without a reason', says('override', admin), 'comment_required'],
    [
      'an admin with a reason that cannot be seen',
      says('override', admin, { comment: ' \u200b\u3164' }),
      'comment_required',
    ],
  ])('%s cannot', (_, verdict, code) => {
    expect(answerRound(two, verdict, 5)).toMatchObject({ round: two, answer: { accepted: false, code } });
  });
});

describe('a standing permission', () => {
  const permits = { grants: { uses: 10, withinSeconds: 3600 } };
  const grant = { name: 'like this', uses: 10, withinSeconds: 3600 };
  const withGrant = (more: Partial<typeof grant> = {}) => ({
    detail: { kind: 'grant', grant: { ...grant, ...more } } as const,
  });

  it('goes with the last approval', () => {
    const one = asked([stage({ quorum: 2 })], permits);
    const early = hear(one, says('approve', ann, withGrant()));
    expect(early.answer).toMatchObject({ code: 'grant_refused' });
    expect(hear(early.round, says('approve', ann), says('approve', bob, withGrant())).round).toMatchObject({ grant });
  });

  it.each([
    ['where the terms permit none', asked([stage()]), {}],
    ['for more uses than they permit', asked([stage()], permits), { uses: 11 }],
    ['for longer than they permit', asked([stage()], permits), { withinSeconds: 3601 }],
  ])('is refused %s, and the approval with it', (_, round, more) => {
    const given = answerRound(round, says('approve', ann, withGrant(more)), 5);
    expect(given).toMatchObject({ round, answer: { accepted: false, code: 'grant_refused' } });
  });
});
