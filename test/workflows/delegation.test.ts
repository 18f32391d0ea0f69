import { openRound } from '../../src/workflows/round.ts';
import { AGENT, asked, delegateTo, hear, person, QUESTION, reviewers, says, stage } from './support/rounds.ts';

const [ann, bob, eve, sam, kim] = ['ann', 'bob', 'eve', 'sam', 'kim'].map((name) => person(name)) as [
  ...[ReturnType<typeof person>, ReturnType<typeof person>],
  ...[ReturnType<typeof person>, ReturnType<typeof person>, ReturnType<typeof person>],
];
const one = asked([stage({ reviewers: reviewers({ users: ['ann', 'bob'] }) })]);
const both = asked([stage({ quorum: 2, reviewers: reviewers({ users: ['ann', 'bob'] }) })]);

it('the delegate answers instead, and whoever delegated does not any more', () => {
  const { round } = hear(one, says('delegate', ann, delegateTo('sam')));
  expect(hear(round, says('approve', ann)).answer).toMatchObject({ code: 'not_a_reviewer' });
  expect(hear(round, says('approve', sam)).round).toMatchObject({ status: 'approved', resolvedBy: 'sam' });
  expect(hear(round, says('reject', sam)).round.status).toBe('denied');
});

it('a delegate delegates on', () => {
  const { round } = hear(one, says('delegate', ann, delegateTo('sam')), says('delegate', sam, delegateTo('kim')));
  expect(hear(round, says('approve', sam)).answer).toMatchObject({ code: 'not_a_reviewer' });
  expect(hear(round, says('approve', kim)).round.status).toBe('approved');
});

it('nothing goes in a circle: not to oneself, not to nobody, not back, not to the agent', () => {
  const { round } = hear(one, says('delegate', ann, delegateTo('sam')), says('delegate', sam, delegateTo('kim')));
  expect(hear(round, says('delegate', kim, delegateTo('ann'))).answer).toMatchObject({ code: 'not_a_reviewer' });
  expect(hear(round, says('delegate', kim, delegateTo('kim'))).answer).toMatchObject({ code: 'not_a_reviewer' });
  expect(hear(round, says('delegate', kim, delegateTo(''))).answer).toMatchObject({ code: 'not_a_reviewer' });
  expect(hear(round, says('delegate', kim, delegateTo('robot'))).answer).toMatchObject({ code: 'self_review' });
});

it('two who delegate to one person are one approval', () => {
  const { round } = hear(
    both,
    says('delegate', ann, delegateTo('sam')),
    says('delegate', bob, delegateTo('sam')),
    says('approve', sam),
  );
  expect(round.status).toBe('pending');
});

it('nobody stands twice: what the delegate said falls with the delegation that is taken back', () => {
  const { round } = hear(
    both,
    says('delegate', ann, delegateTo('sam')),
    says('approve', sam),
    says('withdraw', ann),
    says('approve', ann),
  );
  expect(round).toMatchObject({ status: 'pending', delegations: [] });
  expect(round.votes.map(({ reviewer }) => reviewer)).toEqual(['ann']);
});

it('taking it back reaches along the chain', () => {
  const chain = hear(
    both,
    says('delegate', ann, delegateTo('sam')),
    says('delegate', sam, delegateTo('kim')),
    says('approve', kim),
  ).round;
  const { round } = hear(chain, says('withdraw', ann));
  expect(round).toMatchObject({ status: 'pending', delegations: [], votes: [] });
  expect(hear(round, says('approve', kim)).answer).toMatchObject({ code: 'not_a_reviewer' });
});

it('who has approved cannot delegate, and nobody delegates to somebody who has approved', () => {
  const { round } = hear(both, says('approve', ann));
  expect(hear(round, says('delegate', ann, delegateTo('eve'))).answer).toMatchObject({ code: 'already_voted' });
  expect(hear(round, says('delegate', bob, delegateTo('ann'))).answer).toMatchObject({ code: 'not_a_reviewer' });
});

it('a delegation gives no more than there was: no other part, no break-glass', () => {
  const { round } = hear(one, says('delegate', ann, delegateTo('eve')));
  expect(hear(round, says('override', eve, { comment: 'why' })).answer).toMatchObject({ code: 'not_a_reviewer' });
});

it('a delegate who edits takes no group along to the question of what was edited', () => {
  const owner = person('ivy', 'owners');
  const owners = asked([stage({ reviewers: reviewers({ groups: ['owners'] }) })]);
  const detail = { kind: 'edit', arguments: {}, digest: 'sha256:e' } as const;
  const { round } = hear(owners, says('delegate', owner, delegateTo('sam')), says('edit', sam, { detail }));
  expect(round).toMatchObject({ status: 'approved', resolvedBy: 'sam' });
  const vote = round.votes[0] ?? null;
  expect(openRound({ ...QUESTION, terms: owners.terms, vote }, AGENT, 9)).toMatchObject({
    status: 'pending',
    votes: [],
  });
});
