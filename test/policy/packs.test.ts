import { actionOf, fileOf, outcomeOf, problemsOf, soundPolicy } from './support/policies.ts';

const PACK = `
version: 1
name: rows
parameters:
  maxRows: { type: number, default: 100, description: The most rows }
  kinds: { type: list, default: [database], description: Kinds of target }
  owner: { type: string, description: Whom to ask }
rules:
  - id: ask-many
    reason: More than \${maxRows} rows need \${owner}.
    match: { targetKind: '\${kinds}' }
    when: args.count > params.maxRows
    effect: require_approval
  - { id: reads, reason: Reads., match: { operation: read }, effect: allow }
`;
const packs = { 'packs/rows.yaml': PACK };
const using = (uses: string): string => `version: 1\nname: mine\nuse:\n${uses}\n`;

test('a pack is part of the policy that uses it, with the values that it is given', () => {
  const policy = soundPolicy({ 'a.yaml': using('  - { pack: rows, with: { maxRows: 20, owner: Ann } }') }, packs);
  expect(policy.rules.map(({ id }) => id)).toEqual(['rows/ask-many', 'rows/reads']);
  expect(policy.rules[0]?.reason).toBe('More than 20 rows need Ann.');
  const asked = (count: number) => outcomeOf(policy, actionOf('get_rows', 'orders_database', { count }));
  expect([asked(20), asked(21)]).toEqual(['ALLOW', 'REQUIRE_APPROVAL']);
});

test('a parameter without a value keeps its default', () => {
  const policy = soundPolicy({ 'a.yaml': using('  - { pack: rows, with: { owner: Ann } }') }, packs);
  expect(outcomeOf(policy, actionOf('get_rows', 'orders_database', { count: 100 }))).toBe('ALLOW');
});

test('a pack is used twice under two names, each with values of its own', () => {
  const policy = soundPolicy(
    {
      'a.yaml': using(
        '  - { pack: rows, with: { owner: Ann } }\n  - { pack: rows, as: few, with: { owner: Bob, maxRows: 1 } }',
      ),
    },
    packs,
  );
  expect(policy.rules.map(({ id }) => id)).toEqual(['few/ask-many', 'rows/ask-many', 'few/reads', 'rows/reads']);
  expect(outcomeOf(policy, actionOf('get_rows', 'orders_database', { count: 2 }))).toBe('REQUIRE_APPROVAL');
});

test('a pack in shadow enforces nothing', () => {
  const policy = soundPolicy({ 'a.yaml': using('  - { pack: rows, mode: shadow, with: { owner: Ann } }') }, packs);
  expect(policy.rules.map(({ mode }) => mode)).toEqual(['shadow', 'shadow']);
});

test('the policy says by its digest which values its packs have', () => {
  const digest = (maxRows: number): string =>
    soundPolicy({ 'a.yaml': using(`  - { pack: rows, with: { owner: Ann, maxRows: ${String(maxRows)} } }`) }, packs)
      .digest;
  expect(digest(100)).toBe(soundPolicy({ 'a.yaml': using('  - { pack: rows, with: { owner: Ann } }') }, packs).digest);
  expect(digest(99)).not.toBe(digest(100));
});

test('no value of a parameter becomes part of a condition', () => {
  const hostile = '") || true || ("';
  const policy = soundPolicy(
    { 'a.yaml': using(`  - { pack: words, with: { word: '${hostile}' } }`) },
    {
      'words.yaml': `version: 1\nname: words\nparameters:\n  word: { type: string, description: A word }\nrules:\n  - { id: a, reason: r, match: { action: x }, when: args.word == params.word, effect: allow }\n`,
    },
  );
  expect(outcomeOf(policy, actionOf('x', 'y', { word: 'other' }))).toBe('BLOCK');
  expect(outcomeOf(policy, actionOf('x', 'y', { word: hostile }))).toBe('ALLOW');
});

test.each([
  [
    'a pack that is not there',
    '  - { pack: row }',
    /a\.yaml:4:13: there is no pack row \(use one of rows, or add row\.yaml\)/,
  ],
  ['a missing value', '  - { pack: rows }', /a\.yaml:4:5: the pack rows needs a value for owner: Whom to ask/],
  [
    'a parameter that it does not have',
    '  - { pack: rows, with: { owner: Ann, maxRow: 1 } }',
    /the pack rows has no parameter maxRow \(use one of maxRows, kinds, owner\)/,
  ],
  [
    'a value of another type',
    '  - { pack: rows, with: { owner: Ann, maxRows: many } }',
    /the parameter maxRows must be a number \(give it a number\)/,
  ],
  [
    'the same name twice',
    '  - { pack: rows, with: { owner: A } }\n  - { pack: rows, with: { owner: B } }',
    /a\.yaml:5:5: a pack called rows is already used \(call one of them by another name with as\)/,
  ],
])('%s is refused', (_name, uses, message) => {
  expect(problemsOf({ 'a.yaml': using(uses) }, packs).join('\n')).toMatch(message);
});

test.each([
  ['defaults', 'defaults: { unmatched: require_approval }', /defaults cannot stand in a pack/],
  ['a use', 'use: [{ pack: rows }]', /use cannot stand in a pack/],
  ['overrides', 'overrides: [{ rule: a, effect: block, reason: r }]', /overrides cannot stand in a pack/],
  ['a parameter that is not declared', 'description: d', /there is no parameter nope/, '${nope}'],
  ['a parameter inside of a text', 'description: d', /a parameter stands inside of a text/, 'x-${y}'],
])('%s in a pack is refused, with its place in the pack', (_name, head, message, action = 'x') => {
  const pack = fileOf(
    [`{ id: a, reason: r, match: { action: '${action}' }, effect: block }`],
    `parameters: { y: { type: string, default: z, description: d } }\n${head}`,
  );
  const found = problemsOf({ 'a.yaml': using('  - { pack: bad }') }, { 'bad.yaml': pack });
  expect(found.join('\n')).toMatch(message);
  expect(found.every((line) => line.startsWith('bad.yaml:'))).toBe(true);
});
