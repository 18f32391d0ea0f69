import { compileCondition } from '../../src/policy/cel.ts';
import { SOUND_CONDITIONS } from './support/conditions.ts';

const variables = {
  action: { type: 'send_email', target: 'mail' },
  args: { amount: 12_000, text: '12,000', list: [1, 2, 3], nested: { amount: 5 }, nothing: null },
  agent: { name: 'a' },
  classification: { operation: 'write' },
  risk: { score: 50, severity: 'high' },
  found: { amount: 12_000 },
};

function truth(text: string): unknown {
  const compiled = compileCondition(text);
  if (!compiled.ok) return compiled.problems.map((problem) => problem.message);
  const result = compiled.condition(variables);
  return result.ok ? result.value : `cannot be told: ${result.error}`;
}

test.each(SOUND_CONDITIONS)('%s is %s', (text, value) => expect(truth(text)).toBe(value));

test.each(['args.text > 100', 'args.missing > 1', 'args.constructor == 1', 'args.nothing > 1', 'args.list > 1'])(
  '%s cannot be told, and does not throw',
  (text) => expect(truth(text)).toMatch(/^cannot be told: /),
);

test.each(['(0) == 0', '((1 + 2) * 3 == 9) && (args.amount > 1)', '(("a") == "a") == true', '[(1)] == [1]'])(
  '%s is sound with its parentheses',
  (text) => expect(truth(text)).toBe(true),
);

test.each([
  ['args.text.matches("(a+)+$")', 'the function matches is not available'],
  ['nope == 1', 'Unknown variable: nope'],
  ['frob(1) == 1', 'the function frob is not available'],
  ['timestamp("2020-01-01T00:00:00Z") < timestamp("2020-01-01T00:00:00Z")', 'the function timestamp is not available'],
  ['cel.bind(x, 1, x == 1)', 'the function bind is not available'],
  ['args.amount >', 'the condition cannot be read'],
  ['args.amount == 3u', 'a literal is unsigned or bytes'],
  ['args.text == b"a"', 'a literal is unsigned or bytes'],
  ['args.map == {1: 2}', 'the key of a map is no text'],
  ['1 + 1', 'the condition gives int, not true or false'],
  ['args.flag', 'may not be true or false'],
  ['args.list.exists(a, args.list.exists(b, a == b))', 'stands inside another comprehension'],
  ['args.list.exists(a, a in args.list)', 'args stands inside a comprehension'],
  ['args.count + 1 > 2', 'which is a double'],
  [`args.x in [${Array.from({ length: 500 }, (_, i) => i).join(',')}]`, 'the condition cannot be read'],
  [`${'('.repeat(100)}true${')'.repeat(100)}`, 'the condition cannot be read'],
  [`args.x == 1${' || args.x == 1'.repeat(500)}`, 'the condition cannot be read'],
])('%s is refused when the policy loads', (text, message) => {
  expect(truth(text)).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
});
