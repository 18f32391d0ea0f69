import { countOf } from '../../src/workflows/quorum.ts';
import { escalateRound } from '../../src/workflows/round.ts';
import { asked, delegateTo, hear, person, reviewers, says, stage } from './support/rounds.ts';

const [ann, bob, eve] = [person('ann', 'owners'), person('bob', 'owners', 'security'), person('eve', 'security')];
const stranger = person('sam');

it('a quorum is that many different people', () => {
  const three = asked([stage({ quorum: 3 })]);
  const { round } = hear(three, says('approve', ann), says('approve', bob), says('approve', ann));
  expect(round).toMatchObject({ status: 'pending' });
  expect(countOf(round)).toBe(2);
  expect(hear(round, says('approve', stranger)).round.status).toBe('approved');
});

describe('different groups', () => {
  const both = asked([
    stage({ quorum: 2, distinctGroups: true, reviewers: reviewers({ groups: ['owners', 'security'] }) }),
  ]);

  it('two people of one group are one', () => {
    const { round } = hear(both, says('approve', ann), says('approve', person('amy', 'owners')));
    expect(round.status).toBe('pending');
    expect(hear(round, says('approve', eve)).round.status).toBe('approved');
  });

  it('somebody of both groups counts for whichever the others leave', () => {
    expect(hear(both, says('approve', bob), says('approve', ann)).round.status).toBe('approved');
    expect(hear(both, says('approve', bob), says('approve', eve)).round.status).toBe('approved');
  });

  it('a group that is not named counts for nothing', () => {
    const { round } = hear(both, says('approve', person('ivy', 'owners', 'chess')), says('approve', ann));
    expect(countOf(round)).toBe(1);
  });

  it('a delegate stands for the groups of whoever delegated', () => {
    const { round } = hear(
      both,
      says('delegate', eve, delegateTo('sam')),
      says('approve', stranger),
      says('approve', ann),
    );
    expect(round.status).toBe('approved');
  });
});

describe('parts', () => {
  const parts = asked([
    stage({ name: 'owner', reviewers: reviewers({ groups: ['owners'] }) }),
    stage({ name: 'security', reviewers: reviewers({ groups: ['security'] }) }),
  ]);

  it('are answered one after the other', () => {
    expect(hear(parts, says('approve', eve)).answer).toMatchObject({ code: 'not_a_reviewer' });
    const { round } = hear(parts, says('approve', ann));
    expect(round).toMatchObject({ status: 'pending', stage: 1, stageSince: 1, escalations: 0 });
    expect(hear(round, says('approve', eve)).round.status).toBe('approved');
  });

  it('one person approves one part, however many groups it is in', () => {
    const { round, answer } = hear(parts, says('approve', bob), says('approve', bob));
    expect(round).toMatchObject({ status: 'pending', stage: 1 });
    expect(answer).toMatchObject({ code: 'already_voted' });
  });

  it('can be rejected by those of a later one, and by those who approved an earlier one', () => {
    expect(hear(parts, says('reject', eve)).round.status).toBe('denied');
    expect(hear(parts, says('approve', ann), says('reject', ann)).round.status).toBe('denied');
  });

  it('a part that is past is not taken back', () => {
    expect(hear(parts, says('approve', ann), says('withdraw', ann)).answer).toMatchObject({
      code: 'nothing_to_withdraw',
    });
  });

  it('a delegation holds for the part in which it was made', () => {
    const same = reviewers({ users: ['ann', 'eve'] });
    const twice = asked([stage({ name: 'one', reviewers: same }), stage({ name: 'two', reviewers: same })]);
    const { round } = hear(twice, says('delegate', ann, delegateTo('sam')), says('approve', stranger));
    expect(hear(round, says('approve', person('kim'))).answer).toMatchObject({ code: 'not_a_reviewer' });
    expect(hear(round, says('approve', ann)).round.status).toBe('approved');
  });
});

it('who is named by user, by group or by role may answer, and nobody else', () => {
  const named = asked([stage({ reviewers: reviewers({ users: ['sam'], groups: ['owners'], roles: ['admin'] }) })]);
  expect(hear(named, says('approve', stranger)).round.status).toBe('approved');
  expect(hear(named, says('approve', ann)).round.status).toBe('approved');
  expect(hear(named, says('approve', { ...eve, role: 'admin' })).round.status).toBe('approved');
  expect(hear(named, says('approve', eve)).answer).toMatchObject({ code: 'not_a_reviewer' });
});

it('whoever approved a part that is past, by a step of its ladder, can still reject', () => {
  const escalation = [{ afterSeconds: 60, to: reviewers({ groups: ['security'] }) }];
  const owner = stage({ name: 'owner', reviewers: reviewers({ groups: ['owners'] }), escalation });
  const parts = asked([owner, stage({ name: 'chess', reviewers: reviewers({ groups: ['chess'] }) })]);
  const { round } = hear(escalateRound(parts), says('approve', eve));
  expect(round).toMatchObject({ stage: 1, escalations: 0 });
  expect(hear(round, says('reject', eve)).round).toMatchObject({ status: 'denied', resolvedBy: 'eve' });
});

it('a place that was given by a step of the ladder is held when its part is over: it can still ask and reject', () => {
  const escalation = [{ afterSeconds: 60, to: reviewers({ users: ['bob'] }) }];
  const owner = stage({ name: 'owner', reviewers: reviewers({ users: ['ann'] }), escalation });
  const parts = asked([owner, stage({ reviewers: reviewers({ users: ['sam'] }) })]);
  const { round } = hear(
    escalateRound(parts),
    says('delegate', person('bob'), delegateTo('eve')),
    says('approve', person('ann')),
  );
  expect(round.stage).toBe(1);
  expect(hear(round, says('reject', person('eve'))).round.status).toBe('denied');
  expect(hear(round, says('approve', person('eve'))).answer).toMatchObject({ code: 'not_a_reviewer' });
});

it('each step of a ladder lets others answer too, and there are no more steps than it has', () => {
  const steps = [
    { afterSeconds: 60, to: reviewers({ groups: ['security'] }) },
    { afterSeconds: 120, to: reviewers({ users: ['sam'] }) },
  ];
  const ladder = asked([stage({ reviewers: reviewers({ groups: ['owners'] }), escalation: steps })]);
  expect(hear(ladder, says('approve', eve)).answer).toMatchObject({ code: 'not_a_reviewer' });
  const once = escalateRound(ladder);
  expect(hear(once, says('approve', eve)).round.status).toBe('approved');
  expect(hear(once, says('approve', ann)).round.status).toBe('approved');
  expect(hear(once, says('approve', stranger)).answer).toMatchObject({ code: 'not_a_reviewer' });
  const twice = escalateRound(once);
  expect(hear(twice, says('approve', stranger)).round.status).toBe('approved');
  expect(escalateRound(twice)).toBe(twice);
});
