import { applyRule } from './apply-rule.ts';
import type { Truth } from './cel.ts';
import type { PreparedFacts } from './facts.ts';
import type { Rule } from './policy.ts';

/** How one rule stands to one action, part by part, but for its budget and its sequence. */
export interface RuleTrace {
  matched: boolean;
  /** The keys of `match`: what the rule wants, what stands there, and whether that fits. */
  parts: { key: string; wanted: unknown; actual: unknown; holds: boolean }[];
  /** The condition, told even where a part does not fit; null where the rule has none. */
  condition: { text: string; truth: Truth } | null;
}

/** Looks at every part of a rule, also where the first already does not fit. Pure; never throws. */
export function trace(rule: Rule, facts: PreparedFacts): RuleTrace {
  const text = rule.source.when;
  return {
    matched: applyRule(rule, facts) !== null,
    parts: rule.matchers.map(({ key, wanted, actual, holds }) => ({
      key,
      wanted,
      actual: actual(facts),
      holds: holds(facts),
    })),
    condition: rule.condition === null || text === undefined ? null : { text, truth: rule.condition(facts.variables) },
  };
}
