import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readyFor } from '../../../src/classify/index.ts';
import { ENGINE } from '../../../src/decide/trial.ts';
import { formatProblem, formatWarning, parsePolicy, type Policy } from '../../../src/policy/index.ts';
import { formatFailure } from '../../../src/policy/testing/format.ts';
import { readCases } from '../../../src/policy/testing/read-cases.ts';
import { runCases } from '../../../src/policy/testing/run-cases.ts';

const ROOT = join(__dirname, '..', '..', '..');
const EXAMPLES = join(ROOT, 'policies', 'examples');
const WORKED = ['two-person-delete', 'refund-ladder', 'deploy-window'];

function policyOf(name: string): Policy {
  const path = join(EXAMPLES, name, 'policy.yaml');
  const parsed = parsePolicy([{ path, text: readFileSync(path, 'utf8') }]);
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  expect(parsed.warnings.map(formatWarning)).toEqual([]);
  return parsed.policy;
}

async function run(text: string, policy: Policy): Promise<string[]> {
  const read = readCases([{ path: 'cases', text }], policy);
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  for (const { action } of read.cases) await readyFor(action);
  return runCases(read.cases, policy, ENGINE).flatMap((result) => (result.passed ? [] : formatFailure(result)));
}

it.each(WORKED)('the worked policy %s does what its cases say', async (name) => {
  const cases = readdirSync(join(EXAMPLES, name)).filter((file) => file.endsWith('.test.yaml'));
  expect(cases).toEqual([`${name}.test.yaml`]);
  expect(await run(readFileSync(join(EXAMPLES, name, `${name}.test.yaml`), 'utf8'), policyOf(name))).toEqual([]);
});

it.each(WORKED)('the page on approvals shows the worked policy %s as it is', (name) => {
  const page = readFileSync(join(ROOT, 'docs', 'approvals.md'), 'utf8');
  expect(page).toContain('```yaml\n# policies/examples/' + `${name}/policy.yaml\n`);
  expect(page).toContain(readFileSync(join(EXAMPLES, name, 'policy.yaml'), 'utf8'));
});

it('the page shows what is really said of a question that nobody could answer', () => {
  const text = `version: 1
name: pay
rules:
  - id: ask-payouts
    reason: Payouts need three people of finance.
    match: { action: create_payout }
    effect: require_approval
    approval:
      quorum: 3
      reviewers: { users: [ann, bob] }
`;
  const parsed = parsePolicy([{ path: 'policies/pay.yaml', text }]);
  const said = parsed.ok ? [] : parsed.problems.map(formatProblem);
  expect(said).toHaveLength(1);
  expect(readFileSync(join(ROOT, 'docs', 'approvals.md'), 'utf8')).toContain(
    `gatehouse policy check policies\n${said[0] ?? ''}\n`,
  );
});

it('a case fails that expects other terms, and says which', async () => {
  const failures = await run(
    `
cases:
  - name: a lead alone
    action: { type: process_refund, target: payments_api, context: { amount: 1001 } }
    expect:
      outcome: REQUIRE_APPROVAL
      approval:
        expiresIn: 4h
        remindEvery: 1h
        reviewers: { groups: [support-leads] }
        comment: optional
        ticket: OPS-#
        run: { days: [mon] }
        hours: { days: [mon] }
        grants: { uses: 1, within: 1h }
  - name: none at all
    action: { type: process_refund, target: payments_api, context: { amount: 1 } }
    expect: { outcome: ALLOW, approval: { quorum: 1 } }
`,
    policyOf('refund-ladder'),
  );
  const told = failures.join('\n');
  for (const what of ['', '.remindEvery', '.stages', '.comment', '.ticket', '.run', '.hours', '.grants']) {
    expect(told).toMatch(new RegExp(`approval${what.replace('.', '\\.')} +expected`));
  }
  expect(told).toMatch(/expected +an approval\n +but got +no approval/);
});
