import { formatProblem, parsePolicy } from '../../src/policy/index.ts';

function problems(...texts: string[]): string[] {
  const parsed = parsePolicy(texts.map((text, index) => ({ path: `${index}.yaml`, text })));
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
}

const RULE = '{ id: a, reason: r, match: { action: x }, effect: block }';

test('every problem of every file is reported at once, in order, with its place and a fix', () => {
  const broken = `version: 2
name: test
colour: red
defaults:
  unmatched: allow
rules:
  - id: Big One
    reason: r
    match: { action: [], verb: x }
    effect: maybe
  - id: a
    match: { risk: { atLeast: 80, below: 20 } }
    when: |
      args.amount > 1 &&
        args.name.matches("x")
    effect: allow
  - id: a
    reason: r
    when: nope == 1
    effect: block
    approval: { expiresIn: soon }
`;
  expect(problems(broken, 'rules: [')).toMatchInlineSnapshot(`
   [
     "0.yaml:1:10: version must be 1 (write version: 1)",
     "0.yaml:3:1: colour is not known (remove it, or use one of version, name, description, mode, parameters, defaults, use, overrides, rules)",
     "0.yaml:5:14: defaults.unmatched must be block or require_approval (use block or require_approval; what no rule matches is never allowed)",
     "0.yaml:7:9: rules[0].id must be lower-case letters, digits, dots, dashes and underscores (give a short id such as hold-large-refunds)",
     "0.yaml:9:22: rules[0].match.action must not be empty (change the value)",
     "0.yaml:9:26: rules[0].match.verb is not known (remove it, or use one of action, target, operation, targetKind, environment, destructive, reversible, external, reach, sensitivity, agent, team, role, tag, server, tool, risk, severity, during)",
     "0.yaml:10:13: rules[0].effect must be allow, require_approval or block (use allow, require_approval or block)",
     "0.yaml:11:5: rules[1].reason is missing (say in one sentence why, and what the agent can do)",
     "0.yaml:12:20: rules[1].match.risk can never match: atLeast must be lower than below (give scores from 0 to 100, e.g. atLeast: 70)",
     "0.yaml:15:9: rules[1].when: the function matches is not available (use startsWith, endsWith, contains or ==; a pattern can take seconds on a hostile text)",
     "0.yaml:17:9: the rule id a is already used at 0.yaml:11 (give each rule an id of its own)",
     "0.yaml:19:11: rules[2].when: the condition is not sound: Unknown variable: nope (use the variables action, args, agent, tool, now, classification, risk, found and compare like with like)",
     "0.yaml:21:15: rules[2].approval belongs to rules whose effect is require_approval (remove it, or change the effect)",
     "0.yaml:21:28: rules[2].approval.expiresIn must be a duration such as 90s, 30m, 24h or 7d, or never (use a whole number and s, m, h or d, such as 30m, or never)",
     "1.yaml:1:9: the YAML cannot be read: Flow sequence in block collection must be sufficiently indented and end with a ] (mend the YAML here)",
   ]
  `);
  expect(problems('rules: [', broken)).toHaveLength(problems(broken, 'rules: [').length);
});

test.each([
  [
    'an id used in two files',
    [`version: 1\nname: a\nrules: [${RULE}]`, `version: 1\nname: b\nrules: [${RULE}]`],
    /1\.yaml:3:\d+: the rule id a is already used at 0\.yaml:3/,
  ],
  ['the same key twice', [`version: 1\nname: a\nname: b\nrules: [${RULE}]`], /0\.yaml:3:1: the same key stands twice/],
  [
    'defaults in two files',
    [`version: 1\nname: a\ndefaults: {}\nrules: [${RULE}]`, 'version: 1\nname: b\ndefaults: {}'],
    /1\.yaml:3:\d+: defaults already stand in 0\.yaml/,
  ],
  ['a set without rules', ['version: 1\nname: a'], /0\.yaml:1:1: the policy has no rules/],
  ['no files', [], /the policy has no rules/],
  [
    'an allow rule that matches everything',
    ['version: 1\nname: a\nrules: [{ id: a, reason: r, effect: allow }]'],
    /must say what an allow rule allows/,
  ],
  [
    'a reserved id',
    [`version: 1\nname: a\nrules: [${RULE.replace('id: a', 'id: risk-threshold')}]`],
    /is reserved for the engine/,
  ],
  [
    'the id of the emergency stop',
    [`version: 1\nname: a\nrules: [${RULE.replace('id: a', 'id: emergency-stop')}]`],
    /is reserved for the engine/,
  ],
  ['two documents in one file', ['version: 1\n---\nversion: 1'], /cannot be read/],
  [
    'an alias bomb',
    [
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
    ],
    /cannot be read/,
  ],
  ['a list in place of a map', ['- a'], /the file must be/],
])('%s is refused', (_name, texts, message) => {
  expect(problems(...texts).join('\n')).toMatch(message);
});

test('the digest is of what the policy says, not of how it is written', () => {
  const digest = (text: string): string => {
    const parsed = parsePolicy([{ path: 'a.yaml', text }]);
    return parsed.ok ? parsed.policy.digest : JSON.stringify(parsed.problems);
  };
  const plain = digest(`version: 1\nname: a\nrules: [${RULE}]`);
  expect(plain).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(
    digest(
      `# why\nname: b\nversion: 1\nrules:\n  - effect: block\n    id: a\n    match: { action: x }\n    reason: r\n`,
    ),
  ).toBe(plain);
  expect(digest(`version: 1\nname: a\nrules: [${RULE.replace('block', 'allow')}]`)).not.toBe(plain);
  expect(digest(`version: 1\nname: a\ndefaults: { unmatched: require_approval }\nrules: [${RULE}]`)).not.toBe(plain);
});
