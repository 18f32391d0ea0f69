import { plainTerms, type ApprovalStage, type ApprovalTerms } from '@gatehouse/sdk/contract';
import * as fc from 'fast-check';
import { termsLoosened } from '../../src/policy/loosened-terms.ts';
import { mergeTerms } from '../../src/policy/merge-terms.ts';
import { covers, mergeStages } from '../../src/policy/stages.ts';

const plain = plainTerms(3600);
const stage = (name: string, groups: string[], more: Partial<ApprovalStage> = {}): ApprovalStage => ({
  ...{ name, reviewers: { users: [], groups, roles: [] }, quorum: 1, distinctGroups: false, escalation: [] },
  ...more,
});
const anyone = stage('review', []);
const [owners, security] = [stage('owner', ['owners']), stage('security', ['security'])];
const named = (stages: ApprovalStage[]) => stages.map(({ name }) => name);

describe('parts of several rules', () => {
  it('are all of them, the one who is asked twice once', () => {
    expect(named(mergeStages([owners], [security, owners]))).toEqual(['owner', 'security']);
  });

  it('"any one reviewer" drops out beside others, for whoever else approves is one', () => {
    expect(named(mergeStages([anyone], [owners]))).toEqual(['owner']);
    expect(named(mergeStages([owners, security], [anyone]))).toEqual(['owner', 'security']);
    expect(mergeStages([anyone], [anyone])).toEqual([anyone]);
  });

  it('two parts stay two people', () => {
    expect(named(mergeStages([owners], [anyone, anyone]))).toEqual(['owner', 'review']);
    expect(named(mergeStages([anyone, owners], [anyone, security]))).toEqual(['security', 'owner']);
  });

  it('of two that ask the same people the one that asks for more stays', () => {
    const two = stage('two owners', ['owners'], { quorum: 2 });
    expect(mergeStages([owners], [two])).toEqual([two]);
    expect(mergeStages([two], [owners])).toEqual([two]);
  });

  it('parts of one name get names of their own', () => {
    expect(named(mergeStages([stage('review', ['owners'])], [stage('review', ['security'])]))).toEqual([
      'review',
      'review 2',
    ]);
  });
});

const [tuesday, night] = [{ days: ['tue' as const] }, { from: '22:00', to: '02:00' }];

it('the shortest times hold, never is the longest of all', () => {
  expect(mergeTerms(plainTerms(null), plainTerms(60), plainTerms(90)).expiresInSeconds).toBe(60);
  expect(mergeTerms(plainTerms(null), plainTerms(null)).expiresInSeconds).toBeNull();
  const reminds = { ...plain, remindEverySeconds: 60 };
  expect(mergeTerms(plain, reminds, { ...plain, remindEverySeconds: 90 }).remindEverySeconds).toBe(60);
});

it('business hours hold where all rules have the same; else the clocks always run, which is sooner', () => {
  expect(mergeTerms({ ...plain, hours: tuesday }, { ...plain, hours: tuesday }).hours).toEqual(tuesday);
  expect(mergeTerms({ ...plain, hours: tuesday }, { ...plain, hours: night }).hours).toBeNull();
  expect(mergeTerms({ ...plain, hours: tuesday }, plain).hours).toBeNull();
});

it('every window, every ticket and every comment is asked for', () => {
  const one = { ...plain, run: [tuesday], tickets: ['OPS-#'] };
  const other = { ...plain, run: [night, tuesday], tickets: ['CHG#', 'OPS-#'], commentRequired: true };
  expect(mergeTerms(one, other)).toMatchObject({
    ...{ run: [tuesday, night], tickets: ['OPS-#', 'CHG#'], commentRequired: true },
  });
});

it('a standing permission is there where every rule permits one, and for the least of it', () => {
  const [few, long] = [
    { ...plain, grants: { uses: 2, withinSeconds: 900 } },
    { ...plain, grants: { uses: 9, withinSeconds: 60 } },
  ];
  expect(mergeTerms(few, long).grants).toEqual({ uses: 2, withinSeconds: 60 });
  expect(mergeTerms(few, plain).grants).toBeNull();
});

const reviewersOf = fc.constantFrom<string[]>([], ['owners'], ['security'], ['owners', 'security']);
const anyStage = fc
  .record({ groups: reviewersOf, quorum: fc.constantFrom(1, 1, 2), distinct: fc.boolean(), step: fc.boolean() })
  .map(({ groups, quorum, distinct, step }) => {
    const escalation = step ? [{ afterSeconds: 60, to: { users: ['zoe'], groups: [], roles: [] } }] : [];
    return stage('part', groups, { quorum, distinctGroups: distinct && groups.length >= quorum, escalation });
  });
const anyTerms: fc.Arbitrary<ApprovalTerms> = fc.record({
  expiresInSeconds: fc.constantFrom(null, 60, 3600),
  stages: fc.array(anyStage, { minLength: 1, maxLength: 3 }),
  remindEverySeconds: fc.constantFrom(null, 10),
  hours: fc.constantFrom(null, tuesday),
  run: fc.subarray([tuesday, night]),
  commentRequired: fc.boolean(),
  tickets: fc.subarray(['OPS-#', 'CHG#']),
  grants: fc.constantFrom(null, { uses: 2, withinSeconds: 60 }, { uses: 3, withinSeconds: 30 }),
  excludeOwner: fc.boolean(),
  barred: fc.constant([]),
});

test('terms taken together are looser than none of those that they were taken of', () => {
  fc.assert(
    fc.property(fc.array(anyTerms, { minLength: 2, maxLength: 4 }), ([first = plain, ...others]) => {
      const merged = mergeTerms(first, ...others);
      for (const one of [first, ...others]) expect(termsLoosened(one, merged)).toBeNull();
    }),
    { numRuns: 1000 },
  );
});

test('whatever fulfils the parts of two questions fulfils those of each, and there are no more than both have', () => {
  fc.assert(
    fc.property(anyTerms, anyTerms, (a, b) => {
      const merged = mergeStages(a.stages, b.stages);
      expect([covers(merged, a.stages), covers(merged, b.stages)]).toEqual([true, true]);
      expect(merged.length).toBeLessThanOrEqual(a.stages.length + b.stages.length);
      expect(new Set(named(merged)).size).toBe(merged.length);
    }),
    { numRuns: 1000 },
  );
});

describe('looser terms', () => {
  const asks = { ...plain, stages: [owners], run: [tuesday], tickets: ['OPS-#'], commentRequired: true };
  const granting = { ...asks, grants: { uses: 2, withinSeconds: 60 } };
  it.each<[string, ApprovalTerms, ApprovalTerms, string | null]>([
    ['the same', asks, asks, null],
    ['a longer time', asks, { ...asks, expiresInSeconds: 3601 }, 'its approvals stay open for longer'],
    ['no end', asks, { ...asks, expiresInSeconds: null }, 'its approvals stay open for longer'],
    ['a shorter time', asks, { ...asks, expiresInSeconds: 60 }, null],
    ['anyone', asks, { ...asks, stages: [anyone] }, 'its approvals need fewer people, or other ones'],
    ['others', asks, { ...asks, stages: [security] }, 'its approvals need fewer people, or other ones'],
    ['others too', asks, { ...asks, stages: [owners, security] }, null],
    ['a clock that rests', asks, { ...asks, hours: tuesday }, 'the clock of its approvals rests at other times'],
    ['a clock that no longer rests', { ...asks, hours: tuesday }, asks, null],
    ['any time to run', asks, { ...asks, run: [] }, 'what was approved may run at other times'],
    ['less time to run', asks, { ...asks, run: [tuesday, night] }, null],
    ['no comment', asks, { ...asks, commentRequired: false }, 'its approvals need no comment'],
    ['no ticket', asks, { ...asks, tickets: [] }, 'its approvals need no ticket, or another'],
    ['standing permissions', asks, granting, 'it permits more standing permissions'],
    ['fewer of them', granting, { ...asks, grants: { uses: 1, withinSeconds: 60 } }, null],
    [
      'longer ones',
      granting,
      { ...asks, grants: { uses: 1, withinSeconds: 61 } },
      'it permits more standing permissions',
    ],
  ])('%s', (_, was, is, says) => expect(termsLoosened(was, is)).toBe(says));
});
