import { ENGINE } from '../../../src/decide/trial.ts';
import type { Policy } from '../../../src/policy/index.ts';
import { formatProblem } from '../../../src/policy/index.ts';
import { coverageOf } from '../../../src/policy/testing/coverage.ts';
import { formatCoverage, formatFailure } from '../../../src/policy/testing/format.ts';
import { readCases } from '../../../src/policy/testing/read-cases.ts';
import type { CaseResult } from '../../../src/policy/testing/run-cases.ts';
import { runCases } from '../../../src/policy/testing/run-cases.ts';
import { fileOf, soundPolicy } from '../support/policies.ts';

const policy = soundPolicy({
  'a.yaml': fileOf([
    '{ id: reads, reason: Reads run., match: { operation: read }, effect: allow }',
    '{ id: many, reason: Too many., match: { operation: delete }, when: args.count > 100, effect: block }',
    '{ id: few, reason: A person looks., match: { operation: delete }, effect: require_approval, approval: { expiresIn: 2h } }',
    '{ id: budget, reason: Enough mail., match: { targetKind: messaging }, limit: { count: actions, max: 2, per: agent, within: 1h }, effect: block }',
    '{ id: leak, reason: Data was read., match: { targetKind: messaging }, after: { operation: read, within: 1h }, effect: require_approval }',
    '{ id: trial, reason: On trial., match: { action: send_email }, effect: block, mode: shadow }',
    "{ id: night, reason: At night., match: { action: send_email, during: { from: '20:00', to: '06:00' } }, effect: block }",
    '{ id: mail, reason: Mail runs., match: { action: send_email }, effect: allow }',
  ]),
});

function run(cases: string, given: Policy = policy): CaseResult[] {
  const read = readCases([{ path: 'a.test.yaml', text: `cases:\n${cases}` }], given);
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  return runCases(read.cases, given, ENGINE);
}

const failures = (cases: string): string[] =>
  run(cases)
    .filter(({ passed }) => !passed)
    .flatMap(formatFailure);
const MAIL = 'action: { type: send_email, target: mail, context: { to: [a@example.com] } }';

test('cases say what is asked, what is known beside it, and what must come out', () => {
  const cases = `
  - name: a read
    action: { type: get_order, target: orders }
    expect: { outcome: ALLOW, rule: reads, rules: [reads], reason: reads run, shadowOutcome: null }
  - name: a delete
    action: { type: delete_order, target: orders, context: { count: 1 } }
    expect: { outcome: REQUIRE_APPROVAL, rule: few, approval: { expiresIn: 120m } }
  - name: mail, with what is on trial
    ${MAIL}
    expect: { outcome: ALLOW, rule: mail, rules: [trial], shadowOutcome: BLOCK }
  - name: mail at night
    at: 2026-01-07T23:00:00+01:00
    ${MAIL}
    expect: { outcome: BLOCK, rule: night }
  - name: mail beyond its budget
    spent: { budget: 2 }
    ${MAIL}
    expect: { outcome: BLOCK, rule: budget, reason: this would be 3 }
  - name: mail beyond its budget, as earlier mails have used it
    earlier: [{ type: send_email, target: mail, ago: 59m }, { type: send_email, target: mail }]
    ${MAIL}
    expect: { outcome: BLOCK, rule: budget }
  - name: earlier mail that was refused, or is long ago, takes nothing
    earlier: [{ type: send_email, target: mail, ago: 61m }, { type: send_email, target: mail, status: rejected }]
    ${MAIL}
    expect: { outcome: ALLOW, rule: mail }
  - name: mail after a read
    earlier: [{ type: get_order, target: orders, ago: 30m }]
    ${MAIL}
    expect: { outcome: REQUIRE_APPROVAL, rule: leak }
  - name: what no rule matches
    action: { type: frobnicate, target: orders }
    expect: { outcome: BLOCK, rule: null }`;
  expect(failures(cases)).toEqual([]);
  expect(run(cases)).toHaveLength(9);
});

test('a failure says what was expected, what came, and which part of the expected rule did not hold', () => {
  expect(
    failures(`
  - name: many deletes are blocked
    action: { type: delete_order, target: orders, context: { count: 5 } }
    expect: { outcome: BLOCK, rule: many }`),
  ).toMatchInlineSnapshot(`
   [
     "FAIL  many deletes are blocked  (a.test.yaml:3)",
     "      outcome  expected  BLOCK",
     "               but got   REQUIRE_APPROVAL",
     "      rule     expected  many",
     "               but got   few",
     "      reason: A person looks.",
     "      rule many does not match  (a.yaml:6)",
     "        no  when  is false: args.count > 100",
     "              args.count = 5",
   ]
  `);
});

test('coverage tells which rules the cases hit, and which of them never decide', () => {
  const results = run(`
  - { name: a read, action: { type: get_order, target: orders }, expect: { outcome: ALLOW } }
  - { name: mail, ${MAIL}, expect: { outcome: ALLOW } }`);
  const coverage = coverageOf(
    policy,
    results.map(({ judgement }) => judgement),
  );
  expect(coverage).toMatchObject({ hit: 3, total: 8, percent: 37 });
  expect(formatCoverage(coverage).slice(-3)).toEqual([
    'Rules that match in some case: 3 of 8 (37 %).',
    'Match and never decide: trial.',
    'Never hit: budget, few, leak, many, night.',
  ]);
});

test('everything that is wrong with cases is told at once, with its place and a fix', () => {
  const read = readCases(
    [
      {
        path: 'a.test.yaml',
        text: `cases:
  - name: a
    action: { type: x, target: y, args: {} }
    expect: { outcome: DENY }
  - name: b
    action: { type: x, target: y }
    at: yesterday
    expect: { outcome: BLOCK }
  - action: { type: x, target: y }
    expect: { outcome: BLOCK }
  - name: d
    action: { type: x, target: y }
    spent: { nope-at-all: 1 }
    expect: { outcome: BLOCK, rule: budgte }
`,
      },
      { path: 'b.test.yaml', text: 'tests: []' },
    ],
    policy,
  );
  expect(read.ok ? [] : read.problems.map(formatProblem)).toMatchInlineSnapshot(`
   [
     "a.test.yaml:3:35: cases[0].action.args is not known (remove it, or use one of type, target, context, tool, session, tags)",
     "a.test.yaml:4:24: cases[0].expect.outcome must be ALLOW, REQUIRE_APPROVAL or BLOCK (use ALLOW, REQUIRE_APPROVAL or BLOCK)",
     "a.test.yaml:7:9: cases[1].at must be a time such as 2026-02-03T10:00:00Z (write a time with its zone, e.g. 2026-02-03T10:00:00Z)",
     "a.test.yaml:9:5: cases[2].name is missing (say in a few words what the case shows)",
     "a.test.yaml:13:14: the policy has no rule nope-at-all (name a rule of this policy)",
     "a.test.yaml:14:37: the policy has no rule budgte (did you mean budget?)",
     "b.test.yaml:1:1: cases is missing (write a list of cases, each with name, action and expect)",
     "b.test.yaml:1:1: tests is not known (remove it, or use one of cases)",
   ]
  `);
});
