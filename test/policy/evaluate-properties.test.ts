import fc from 'fast-check';
import { stringify } from 'yaml';
import { evaluateRules } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/index.ts';
import { evaluate, formatProblem, parsePolicy, prepare, trace } from '../../src/policy/index.ts';
import { STRICTNESS } from '../../src/policy/policy.ts';
import { anyFacts, anyRule, anyRules } from './support/arbitraries.ts';

function policyOf(...files: object[][]): Policy {
  const texts = files.map((rules, at) => ({
    path: `${at}.yaml`,
    text: stringify({ version: 1, name: `f${at}`, rules }, { aliasDuplicateObjects: false }),
  }));
  const parsed = parsePolicy(texts);
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.policy;
}

const few = anyRules({ minLength: 1, maxLength: 8 });
const many = anyRules({ minLength: 17, maxLength: 80 });
/** `none` is held or blocked: no effect is looser than allow. */
const strictness = (effect: string): number => (effect === 'none' ? 1.5 : 2 - STRICTNESS.indexOf(effect as 'block'));

test('the index finds every rule that matches: with it and without it the evaluation is the same', () => {
  fc.assert(
    fc.property(many, fc.array(anyFacts, { minLength: 5, maxLength: 5 }), (rules, actions) => {
      const policy = policyOf(rules);
      for (const facts of actions) {
        const prepared = prepare(facts);
        expect(evaluate(policy, facts)).toEqual(evaluateRules(policy.rules, prepared));
        const found = new Set(policy.index(prepared));
        for (const rule of policy.rules) if (trace(rule, prepared).matched) expect(found.has(rule)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('adding a block rule never loosens', () => {
  fc.assert(
    fc.property(few, anyRule, anyFacts, (rules, extra, facts) => {
      const before = evaluate(policyOf(rules), facts);
      const after = evaluate(policyOf([...rules, { ...extra, id: 'extra', effect: 'block' }]), facts);
      const added = after.matched.some(({ id }) => id === 'extra');
      expect(after.effect).toBe(added ? 'block' : before.effect);
    }),
    { numRuns: 300 },
  );
});

test('the order of rules, and how they are spread over files, never matters', () => {
  fc.assert(
    fc.property(many, fc.nat(), anyFacts, (rules, cut, facts) => {
      const at = cut % (rules.length + 1);
      const reversed = rules.toReversed();
      const [one, spread] = [policyOf(rules), policyOf(reversed.slice(0, at), reversed.slice(at))];
      expect(spread.digest).toBe(one.digest);
      expect(evaluate(spread, facts)).toEqual({ ...evaluate(one, facts), lookedBack: [] });
    }),
    { numRuns: 100 },
  );
});

test('what is in shadow never changes the outcome, and would do what it says it would', () => {
  fc.assert(
    fc.property(few, anyFacts, (rules, facts) => {
      const enforced = rules.filter(({ mode }) => mode === 'enforce');
      const { shadow, shadowEffect, ...outcome } = evaluate(policyOf(rules), facts);
      const without = enforced.length === 0 ? nothing : evaluate(policyOf(enforced), facts);
      expect({ ...without, shadow, shadowEffect }).toEqual({ ...outcome, shadow, shadowEffect });
      const all = rules.map((rule) => ({ ...rule, mode: 'enforce' }));
      expect(shadowEffect).toBe(evaluate(policyOf(all), facts).effect);
    }),
    { numRuns: 300 },
  );
});

const nothing = { effect: 'none', matched: [], reason: null, advice: null, approval: null, lookedBack: [] };

test('evaluation is pure: the same facts give the same evaluation, and are left as they were', () => {
  fc.assert(
    fc.property(few, anyFacts, (rules, facts) => {
      const policy = policyOf(rules);
      const before = JSON.stringify(facts);
      expect(evaluate(policy, facts)).toEqual(evaluate(policy, JSON.parse(JSON.stringify(facts)) as typeof facts));
      expect(JSON.stringify(facts)).toBe(before);
    }),
    { numRuns: 200 },
  );
});

test('an unknown operation is never below approval unless a rule names its type in full', () => {
  fc.assert(
    fc.property(few, anyFacts, (rules, facts) => {
      const unknown = { ...facts, classification: { ...facts.classification, operation: 'unknown' as const } };
      const wild = rules.map((rule) => ({ ...rule, match: { ...rule.match, action: '*' } }));
      const { effect, shadowEffect } = evaluate(policyOf(wild), unknown);
      expect(strictness(effect)).toBeGreaterThanOrEqual(1);
      expect(strictness(shadowEffect)).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});

test('a trace holds exactly when the rule matches, and its parts and its condition say why', () => {
  fc.assert(
    fc.property(few, anyFacts, (rules, facts) => {
      const prepared = prepare(facts);
      for (const rule of policyOf(rules).rules) {
        const { matched, parts, condition } = trace(rule, prepared);
        const fits =
          parts.every(({ holds }) => holds) && (condition === null || !condition.truth.ok || condition.truth.value);
        if (matched) expect(fits).toBe(true);
        else if (rule.effect !== 'allow') expect(fits).toBe(false);
      }
    }),
    { numRuns: 200 },
  );
});
