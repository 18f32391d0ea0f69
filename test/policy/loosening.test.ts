import { loosenings } from '../../src/policy/index.ts';
import { policyOf } from '../decide/baseline.ts';

const policy = (rules: string, defaults = 'unmatched: block, riskThresholds: { block: 90 }') =>
  policyOf(`version: 1\nname: t\ndefaults: { ${defaults} }\nrules:\n${rules}`).policy;
const rule = (id: string, more: string): string => `  - { id: ${id}, reason: r., ${more} }\n`;

const BLOCK = rule('a', 'match: { action: x }, effect: block');
const FILL = rule('z', 'match: { action: z }, effect: allow');

test.each([
  [
    'an enforced rule goes into shadow',
    BLOCK,
    rule('a', 'match: { action: x }, effect: block, mode: shadow'),
    'shadowed',
  ],
  ['a rule is gone', BLOCK, '', 'removed'],
  ['a rule asks where it blocked', BLOCK, rule('a', 'match: { action: x }, effect: require_approval'), 'weakened'],
  ['a rule allows what it blocked', BLOCK, rule('a', 'match: { action: x }, effect: allow'), 'weakened'],
  ['a rule applies to something else', BLOCK, rule('a', 'match: { action: y }, effect: block'), 'changed'],
  ['a condition is new', BLOCK, rule('a', 'match: { action: x }, when: args.n > 1, effect: block'), 'changed'],
  ['more is allowed', '', rule('b', 'match: { action: x }, effect: allow'), 'allows'],
  [
    'an allowing rule leaves shadow',
    rule('b', 'match: { action: x }, effect: allow, mode: shadow'),
    rule('b', 'match: { action: x }, effect: allow'),
    'allows',
  ],
] as const)('looser: %s', (_, before, after, what) => {
  expect(loosenings(policy(FILL + before), policy(FILL + after)).map((each) => each.what)).toEqual([what]);
});

test.each([
  ['the same', BLOCK, BLOCK],
  ['one more rule blocks', '', BLOCK],
  ['a rule leaves shadow', rule('a', 'match: { action: x }, effect: block, mode: shadow'), BLOCK],
  ['a rule blocks where it asked', rule('a', 'match: { action: x }, effect: require_approval'), BLOCK],
  ['an allowing rule is gone', rule('b', 'match: { action: x }, effect: allow'), ''],
] as const)('not looser: %s', (_, before, after) => {
  expect(loosenings(policy(FILL + before), policy(FILL + after))).toEqual([]);
});

test('milder defaults are looser, one entry each', () => {
  const mild = policy(FILL, 'unmatched: require_approval');
  expect(loosenings(policy(FILL), mild).map(({ rule: id, says }) => [id, says])).toEqual([
    [null, 'what no rule matches goes from block to require_approval'],
    [null, 'riskThresholds.block goes from 90 to none'],
  ]);
  expect(loosenings(mild, policy(FILL))).toEqual([]);
});
