import { plainTerms } from '@gatehouse/sdk/contract';
import { action, judge, rules } from './baseline.ts';

const DELETE = action('delete_records', 'production_database', { table: 'users', count: 5000 });
const asks = (approval: string, defaults: string) =>
  judge(
    DELETE,
    rules(
      `
  - { id: ask, reason: why, match: { operation: delete }, effect: require_approval, approval: ${approval} }`,
      defaults,
    ),
  ).approval;

it('what several rules ask for is asked of people together', () => {
  const judgement = judge(
    DELETE,
    rules(`
  - { id: a, reason: a, match: { operation: delete }, effect: require_approval, approval: { expiresIn: never, reviewers: { groups: [owners] } } }
  - { id: b, reason: b, match: { target: '*' }, effect: require_approval, approval: { expiresIn: 2h, reviewers: { groups: [security] }, ticket: OPS-# } }
  - { id: c, reason: c, match: { target: '*' }, effect: require_approval }`),
  );
  expect(judgement.approval).toMatchObject({
    ...{ expiresInSeconds: 7200, tickets: ['OPS-#'] },
    stages: [
      { name: 'review', reviewers: { groups: ['owners'] } },
      { name: 'review 2', reviewers: { groups: ['security'] } },
    ],
  });
});

it('what is in shadow asks nobody', () => {
  const judgement = judge(
    DELETE,
    rules(`
  - { id: a, reason: a, match: { operation: delete }, effect: require_approval, approval: { expiresIn: 2h } }
  - { id: b, reason: b, match: { operation: delete }, effect: require_approval, mode: shadow, approval: { quorum: 3, expiresIn: 1h } }`),
  );
  expect(judgement.approval).toEqual(plainTerms(7200));
});

it('F08 a rule that blocks leaves no question, whoever would be asked', () => {
  const judgement = judge(
    DELETE,
    rules(`
  - { id: a, reason: a, match: { operation: delete }, effect: require_approval, approval: { quorum: 2 } }
  - { id: b, reason: b, match: { target: '*' }, effect: block }`),
  );
  expect(judgement).toMatchObject({ outcome: 'BLOCK', approval: null });
});

it('a risk threshold asks under the terms of the defaults, beside those of the rules', () => {
  const defaults = 'riskThresholds: { requireApproval: 1 }, approval: { expiresIn: 1h, reviewers: { roles: [admin] } }';
  expect(asks('{ expiresIn: 2h, quorum: 1, grants: { uses: 3, within: 1h } }', defaults)).toMatchObject({
    ...{ expiresInSeconds: 3600, grants: null },
    stages: [{ reviewers: { roles: ['admin'] } }],
  });
});
