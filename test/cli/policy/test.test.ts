import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../support/run-cli.ts';
import { DELETES, folderOf } from './support.ts';

const CASES = `cases:
  - name: few deletes run
    action: { type: delete_records, target: orders, context: { count: 3 } }
    expect: { outcome: ALLOW, rule: few }
  - name: many deletes are blocked
    action: { type: delete_records, target: orders, context: { count: 30 } }
    expect: { outcome: BLOCK }
`;
const passing = CASES.replace('BLOCK', 'REQUIRE_APPROVAL');
const run = (dir: string, ...args: string[]) => runCli(['policy', 'test', '.', ...args], { cwd: dir });

test('cases beside the policy and in its folder tests are run', async () => {
  const dir = folderOf({ 'a.yaml': DELETES, 'a.test.yaml': passing, 'tests/more.test.yaml': passing });
  expect(await run(dir)).toMatchObject({ code: 0, out: '4 of 4 cases passed.\n' });
});

test('a case that fails is shown with what was expected, and ends the command with 1', async () => {
  const { code, out } = await run(folderOf({ 'a.yaml': DELETES, 'a.test.yaml': CASES }));
  expect(code).toBe(1);
  expect(out).toContain('FAIL  many deletes are blocked');
  expect(out).toContain('outcome  expected  BLOCK\n               but got   REQUIRE_APPROVAL');
  expect(out).toContain('1 of 2 cases passed.');
});

test('coverage is shown, and too little of it ends the command with 1', async () => {
  const one = passing.split('\n').slice(0, 4).join('\n');
  const dir = folderOf({ 'a.yaml': DELETES, 'a.test.yaml': one });
  const { out, code } = await run(dir, '--coverage');
  expect(code).toBe(0);
  expect(out).toContain('Rules that match in some case: 1 of 2 (50 %).\nNever hit: many.');
  expect(await run(dir, '--min-coverage', '50')).toMatchObject({ code: 0 });
  expect(await run(dir, '--min-coverage', '51')).toMatchObject({
    code: 1,
    out: expect.stringContaining('The cases hit 1 of 2 rules, 50 %; 51 % are wanted.') as string,
  });
});

test('a JUnit report has one test case a case, and the failure with its text', async () => {
  const dir = folderOf({ 'a.yaml': DELETES, 'a.test.yaml': CASES });
  await run(dir, '--junit', 'report.xml');
  const report = readFileSync(path.join(dir, 'report.xml'), 'utf8');
  expect(report).toMatch(/<testsuite [^>]*tests="2" failures="1"/);
  expect(report).toMatch(
    /<testcase [^>]*name="many deletes are blocked"[^>]*>\s*<failure message="outcome: expected BLOCK, got REQUIRE_APPROVAL"/,
  );
});

test('the result is JSON with --json', async () => {
  const { out } = await run(folderOf({ 'a.yaml': DELETES, 'a.test.yaml': CASES }), '--json');
  expect(JSON.parse(out)).toMatchObject({
    results: [{ passed: true }, { passed: false, mismatches: [{ what: 'outcome' }] }],
    coverage: { percent: 100 },
  });
});

test.each([
  ['a broken policy', { 'a.yaml': 'rules: [', 'a.test.yaml': CASES }, 'a.yaml:1:9'],
  ['a policy without cases', { 'a.yaml': DELETES }, 'there are no cases here'],
  [
    'a case that names no rule of the policy',
    { 'a.yaml': DELETES, 'a.test.yaml': CASES.replace('rule: few', 'rule: feww') },
    'did you mean few?',
  ],
])('%s ends the command with 2', async (_name, files, says) => {
  const { code, err } = await run(folderOf(files));
  expect(code).toBe(2);
  expect(err).toContain(says);
});
