import { actionOf, fileOf, outcomeOf, problemsOf, soundPolicy, warningsOf } from './support/policies.ts';

const RULE =
  '{ id: ask, reason: Somebody looks., match: { action: x }, effect: require_approval, approval: { expiresIn: 2h } }';
const base = fileOf([RULE]);
const override = (text: string): string => `version: 1\nname: team\noverrides:\n  - ${text}\n`;
const over = (text: string) => ({ 'a.yaml': base, 'b.yaml': override(text) });

test('an override changes what it names, and is told wherever the rule is', () => {
  const policy = soundPolicy(over('{ rule: ask, effect: block, reason: Not this week. }'));
  expect(outcomeOf(policy, actionOf('x', 'y'))).toBe('BLOCK');
  expect(policy.rules[0]?.reason).toBe('Somebody looks. (changed from require_approval by team: Not this week.)');
  expect(policy.text).toContain('"overridden":{"by":"team","reason":"Not this week."');
});

test('what the override does not name stays, and terms go with the effect that they belong to', () => {
  expect(soundPolicy(over('{ rule: ask, mode: shadow, reason: r }')).rules[0]).toMatchObject({
    effect: 'require_approval',
    mode: 'shadow',
    approval: { expiresInSeconds: 7200 },
  });
  expect(soundPolicy(over('{ rule: ask, effect: block, reason: r }')).rules[0]?.source.approval).toBeUndefined();
});

test.each([
  ['a milder effect', '{ rule: ask, effect: allow, reason: r }', 'require_approval becomes allow'],
  ['shadow', '{ rule: ask, mode: shadow, reason: r }', 'it is no longer enforced'],
  ['longer terms', '{ rule: ask, approval: { expiresIn: 3h }, reason: r }', 'its approvals stay open for longer'],
])('loosening is warned of: %s', (_name, text, why) => {
  expect(warningsOf(over(text))).toContainEqual(
    expect.stringMatching(new RegExp(`^b\\.yaml:4:5: warning: this loosens the rule ask: ${why} \\(.+\\)$`)),
  );
});

test.each(['{ rule: ask, effect: block, reason: r }', '{ rule: ask, approval: { expiresIn: 1h }, reason: r }'])(
  'tightening is not: %s',
  (text) => expect(warningsOf(over(text))).toEqual([]),
);

test.each([
  [
    'a rule that is not there',
    '{ rule: asks, mode: shadow, reason: r }',
    /b\.yaml:4:5: there is no rule asks to override/,
  ],
  ['nothing', '{ rule: ask, reason: r }', /must name effect, mode or approval/],
  [
    'terms for an effect without',
    '{ rule: ask, effect: block, approval: { expiresIn: 1h }, reason: r }',
    /cannot be changed so/,
  ],
  ['no reason', '{ rule: ask, effect: block }', /overrides\[0\]\.reason is missing/],
])('%s cannot be overridden', (_name, text, message) => {
  expect(problemsOf(over(text)).join('\n')).toMatch(message);
});

test('one rule is overridden once', () => {
  const twice = {
    ...over('{ rule: ask, effect: block, reason: r }'),
    'c.yaml': override('{ rule: ask, mode: shadow, reason: r }'),
  };
  expect(problemsOf(twice)).toEqual([
    expect.stringMatching(/^c\.yaml:4:5: the rule ask is already overridden by team/),
  ]);
});
