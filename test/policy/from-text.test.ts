import { policyFromText } from '../../src/policy/index.ts';
import { baseline, policyOf } from '../decide/baseline.ts';

const RICH = `
version: 1
name: rich
defaults:
  unmatched: require_approval
  approval: { expiresIn: 90s }
  riskThresholds: { block: 95 }
rules:
  - id: reads
    reason: Reads run.
    match: { operation: read }
    effect: allow
  - id: large
    description: What is large is looked at.
    reason: A person looks at large ones.
    advice: Split it.
    match: { action: ['process_refund', 'pay*'], risk: { atLeast: 10 } }
    when: args.amount > 100
    effect: require_approval
    approval: { expiresIn: 2h }
  - id: budget
    reason: Enough for today.
    match: { action: pay }
    limit: { sum: order.total, max: 5000.5, per: team, within: 1d }
    effect: block
  - id: sequence
    reason: Customer data was read before.
    match: { targetKind: messaging }
    after: { operation: read, sensitivity: personal, within: 1h }
    effect: block
    mode: shadow
`;

const SHADOW = `
version: 1
name: on-trial
mode: shadow
defaults: { unmatched: block }
rules:
  - { id: trial, reason: On trial., match: { action: x }, effect: block }
`;

test.each([
  ['the baseline', baseline()],
  ['all that a rule can say', policyOf(RICH)],
  ['a file in shadow', policyOf(RICH, SHADOW)],
])('the text of a policy makes the same policy again: %s', (_, { policy }) => {
  const again = policyFromText(policy.text);
  if (!again.ok) throw new Error(JSON.stringify(again.problems));
  expect(again.policy.digest).toBe(policy.digest);
  expect(again.policy.text).toBe(policy.text);
  expect(again.policy.defaults).toEqual(policy.defaults);
  expect(again.policy.shadowDefaults).toEqual(policy.shadowDefaults);
  const essence = ({ rules }: typeof policy) =>
    rules.map(({ id, effect, mode, limit, approval }) => ({ id, effect, mode, limit, approval }));
  expect(essence(again.policy)).toEqual(essence(policy));
});

test.each([
  ['', /JSON/],
  ['{}', /version/],
  ['{"version":1,"defaults":{"unmatched":"allow"},"rules":[]}', /unmatched/],
  ['[', /JSON/],
])('a text that is no policy is refused with a reason: %j', (text, reason) => {
  const parsed = policyFromText(text);
  expect(parsed.ok ? '' : (parsed.problems[0]?.message ?? '')).toMatch(reason);
});

test('a rule that this version cannot read refuses the whole policy', () => {
  const { policy } = policyOf(RICH);
  const parsed = policyFromText(policy.text.replace('args.amount > 100', 'matches(args.x, y)'));
  expect(parsed).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('rule large') as string }] });
});
