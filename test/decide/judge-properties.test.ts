import type { Effect, JsonObject } from '@gatehouse/sdk/contract';
import { effectSchema, judgementSchema, operationSchema } from '@gatehouse/sdk/contract';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { baseline, judge, policyOf } from './baseline.ts';

const STRICTNESS = ['ALLOW', 'REQUIRE_APPROVAL', 'BLOCK'];
const words = ['get', 'read', 'delete', 'send', 'email', 'frob', 'staging', 'production', 'database', 'and', 'all'];
const name = fc.oneof(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('_')),
  fc.string({ minLength: 1, maxLength: 30 }),
);
const context = fc.oneof(
  fc.dictionary(fc.constantFrom('amount', 'count', 'to', 'where', 'environment', 'all', 'x'), fc.jsonValue()),
  fc.dictionary(fc.string(), fc.jsonValue()),
) as fc.Arbitrary<JsonObject>;
const anyAction = fc.record({ type: name, target: name, context, agent: fc.string({ maxLength: 20 }) });

const rule = fc.record({
  reason: fc.constant('because'),
  match: fc.oneof(
    fc.record({ action: fc.constantFrom('get_*', '*', '*_email', 'frob', 'delete_*') }),
    fc.record({ operation: fc.constantFrom(...operationSchema.options) }),
    fc.record({ target: fc.constantFrom('*database', 'staging*', '*') }),
    fc.record({ risk: fc.record({ atLeast: fc.integer({ min: 0, max: 100 }) }) }),
  ),
  when: fc.constantFrom('true', 'args.amount > 10', 'has(args.to)', 'found.count > 5', 'found.everything == false'),
  effect: fc.constantFrom<Effect>(...effectSchema.options),
});
const ruleSet = fc
  .array(rule, { minLength: 1, maxLength: 8 })
  .map((list) => list.map((one, index) => ({ id: `r${index}`, ...one })));

const toPolicy = (...files: object[][]) =>
  policyOf(...files.map((list, i) => stringify({ version: 1, name: `f${i}`, rules: list })));

test('adding a block rule never loosens', () => {
  fc.assert(
    fc.property(ruleSet, rule, anyAction, (list, extra, action) => {
      const before = judge(action, toPolicy(list));
      const after = judge(action, toPolicy([...list, { id: 'extra', ...extra, effect: 'block' }]));
      expect(STRICTNESS.indexOf(after.outcome)).toBeGreaterThanOrEqual(STRICTNESS.indexOf(before.outcome));
    }),
    { numRuns: 150 },
  );
});

test('the order of rules, and how they are spread over files, never matters', () => {
  fc.assert(
    fc.property(ruleSet, fc.nat(), anyAction, (list, cut, action) => {
      const one = toPolicy(list);
      const reversed = [...list].reverse();
      const at = cut % (list.length + 1);
      const spread = toPolicy(...[reversed.slice(0, at), reversed.slice(at)]);
      expect(spread.policy.digest).toBe(one.policy.digest);
      expect(judge(action, spread)).toEqual(judge(action, one));
    }),
    { numRuns: 150 },
  );
});

test('under the baseline an unknown operation is never ALLOW, and a judgement always has its shape', () => {
  const policy = baseline();
  fc.assert(
    fc.property(anyAction, (action) => {
      const judgement = judge(action, policy);
      expect(judgementSchema.safeParse(judgement).success).toBe(true);
      if (judgement.classification.operation === 'unknown') expect(judgement.outcome).not.toBe('ALLOW');
    }),
    { numRuns: 2000 },
  );
});

test('any set of rules leaves an unknown operation below ALLOW unless a rule names its type in full', () => {
  fc.assert(
    fc.property(ruleSet, anyAction, (list, action) => {
      const judgement = judge(action, toPolicy(list));
      if (judgement.classification.operation !== 'unknown' || action.type.toLowerCase().includes('frob')) return;
      expect(judgement.outcome).not.toBe('ALLOW');
    }),
    { numRuns: 150 },
  );
});

test('judging is pure: the same action under the same policy is judged alike, and left as it was', () => {
  const policy = baseline();
  fc.assert(
    fc.property(anyAction, (action) => {
      const before = JSON.stringify(action);
      expect(judge(action, policy)).toEqual(judge(action, policy));
      expect(JSON.stringify(action)).toBe(before);
    }),
    { numRuns: 300 },
  );
});
