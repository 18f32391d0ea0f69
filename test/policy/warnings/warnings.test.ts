import { fileOf, warningsOf } from '../support/policies.ts';

const rule = (id: string, rest: string): string => `{ id: ${id}, reason: r, ${rest} }`;
const warned = (...rules: string[]): string[] => warningsOf({ 'a.yaml': fileOf(rules) });

const SHADOWED = 'a';

test.each([
  [
    'a rule whose actions a stricter one takes whole',
    [
      rule('a', 'match: { action: delete_user }, effect: require_approval'),
      rule('b', "match: { action: 'delete_*' }, effect: block"),
    ],
    /^a\.yaml:5:\d+: warning: the rule a \(require_approval\) never decides: b \(block\) matches all that it does \(narrow b, or remove a\)$/,
  ],
  [
    'a rule whose narrower band of risk a stricter one takes',
    [
      rule('a', 'match: { risk: { atLeast: 80 } }, effect: require_approval'),
      rule('b', 'match: { risk: { atLeast: 50 } }, effect: block'),
    ],
    /the rule a \(require_approval\) never decides/,
  ],
  [
    'two rules that apply to the same and say otherwise',
    [rule('a', 'match: { action: x }, effect: allow'), rule('b', 'match: { action: x }, effect: block')],
    /the rule a \(allow\) contradicts b \(block\), which applies to exactly the same and wins \(keep the one that is meant\)/,
  ],
  [
    'two rules that say the same',
    [rule('a', 'match: { action: x }, effect: block'), rule('b', 'match: { action: x }, effect: block')],
    /asks for the same \(keep one of the two\)/,
  ],
  [
    'a read that is destructive',
    [rule('a', 'match: { operation: read, destructive: true }, effect: block')],
    /can never match: what only reads is not destructive/,
  ],
  [
    'destructive and reversible at once',
    [rule('a', 'match: { destructive: true, reversible: true }, effect: block')],
    /what is destructive is not reversible/,
  ],
  [
    'a score that no severity has',
    [rule('a', 'match: { severity: low, risk: { atLeast: 90 } }, effect: block')],
    /no score of that risk has this severity/,
  ],
  [
    'an unknown operation allowed by a pattern',
    [rule('a', "match: { operation: unknown, action: 'x*' }, effect: allow")],
    /an unknown operation is allowed only by a rule that writes the type of the action in full/,
  ],
  [
    'a window that never opens',
    [rule('a', "match: { during: { from: '09:00', to: '09:00' } }, effect: block")],
    /opens and closes at the same time: it is never open/,
  ],
  [
    'a window that is always closed',
    [rule('a', "match: { during: { from: '09:00', to: '09:00', outside: true } }, effect: block")],
    /it is always closed, so `during` says nothing/,
  ],
  [
    'a condition that is always false',
    [rule('a', 'match: { action: x }, when: args.n > 1.0 && 1 > 2, effect: block')],
    /can never match: its condition is always false/,
  ],
  [
    'a condition that is always true',
    [rule('a', 'match: { action: x }, when: args.n > 1.0 || 2 > 1, effect: block')],
    /the condition of the rule a is always true \(remove when\)/,
  ],
  [
    'rules that are all in shadow',
    [rule('a', 'match: { action: x }, effect: block, mode: shadow')],
    /every rule is in shadow, so each action gets what no rule matches: block/,
  ],
])('a warning tells of %s', (_name, rules, message) => {
  expect(warned(...rules)).toEqual([expect.stringMatching(message)]);
});

test.each([
  [
    'a stricter rule with a condition',
    [
      rule(SHADOWED, 'match: { action: x }, effect: allow'),
      rule('b', "match: { action: '*' }, when: args.n > 1.0, effect: block"),
    ],
  ],
  [
    'a stricter rule in shadow',
    [
      rule(SHADOWED, 'match: { action: x }, effect: allow'),
      rule('b', "match: { action: '*' }, effect: block, mode: shadow"),
    ],
  ],
  [
    'a stricter rule with a budget',
    [
      rule(SHADOWED, 'match: { action: x }, effect: allow'),
      rule('b', "match: { action: '*' }, limit: { count: actions, max: 1, per: agent, within: 1h }, effect: block"),
    ],
  ],
  [
    'a stricter rule that leaves something over',
    [
      rule(SHADOWED, "match: { action: 'delete_*' }, effect: require_approval"),
      rule('b', 'match: { action: delete_user }, effect: block'),
    ],
  ],
  [
    'a milder rule that takes more',
    [
      rule(SHADOWED, 'match: { action: delete_user }, effect: block'),
      rule('b', "match: { action: 'delete_*' }, effect: require_approval"),
    ],
  ],
  ['a window past midnight', [rule('a', "match: { during: { from: '22:00', to: '06:00' } }, effect: block")]],
  [
    'an unknown operation allowed by its full name',
    [rule('a', 'match: { operation: unknown, action: frobnicate }, effect: allow')],
  ],
  [
    'a condition of which the value depends',
    [rule('a', 'match: { action: x }, when: args.n > 1.0 && 2 > 1, effect: block')],
  ],
])('there is none about %s', (_name, rules) => expect(warned(...rules)).toEqual([]));
