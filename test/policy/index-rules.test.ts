import fc from 'fast-check';
import { stringify } from 'yaml';
import { manyRules } from '../../bench/many-rules.ts';
import { evaluateRules } from '../../src/policy/evaluate.ts';
import { evaluate, prepare } from '../../src/policy/index.ts';
import { anyFacts, anyRules } from './support/arbitraries.ts';
import { soundPolicy } from './support/policies.ts';

/** The rules of a large company, and as many again that often fit the facts of the properties. */
const own = fc
  .sample(anyRules({ minLength: 500, maxLength: 500 }), { numRuns: 5, seed: 7 })
  .flatMap((rules, part) => rules.map((rule) => ({ ...rule, id: `${rule.id}-${String(part)}` })));
const large = soundPolicy({
  'many.yaml': manyRules(2500),
  'own.yaml': stringify({ version: 1, name: 'own', rules: own }, { aliasDuplicateObjects: false }),
});

test('with 5,000 rules the index decides as looking at each of them does', () => {
  expect(large.rules).toHaveLength(5000);
  fc.assert(
    fc.property(anyFacts, (facts) => {
      expect(evaluate(large, facts)).toEqual(evaluateRules(large.rules, prepare(facts)));
    }),
    { numRuns: 20 },
  );
});

test('the index leaves out nearly all of the rules of a large company that are about something else', () => {
  const company = soundPolicy({ 'many.yaml': manyRules(2500) });
  const [facts] = fc.sample(anyFacts, { numRuns: 1, seed: 7 });
  if (facts === undefined) throw new Error('There are no facts');
  const { classification, action } = facts;
  const read = {
    ...facts,
    action: { ...action, type: 'get_order_600', target: 'system_9_eu' },
    classification: { ...classification, operation: 'read' as const, targetKind: 'api' as const },
  };
  const left = company.index(prepare(read));
  expect(left.map(({ id }) => id)).toContain('rule-600');
  expect(left.length).toBeLessThan(company.rules.length / 10);
});
