import type { FinalRule } from '../overrides.ts';
import type { PolicyDefaults } from '../policy.ts';
import type { PolicyProblem } from '../problem.ts';
import { findLateClocks } from './clocks.ts';
import { findContradictions } from './contradictions.ts';
import { findNever } from './never.ts';
import { findUnreachable } from './unreachable.ts';

/** Everything in a sound policy that is hardly meant, in no order. */
export function findWarnings(rules: readonly FinalRule[], defaults: PolicyDefaults): PolicyProblem[] {
  const found = [
    ...findUnreachable(rules),
    ...findContradictions(rules),
    ...findNever(rules),
    ...findLateClocks(rules, defaults),
  ];
  return [
    ...found.map(({ rule, path, message, fix }) => ({ file: rule.file, ...rule.placeOf(path), message, fix })),
    ...allInShadow(rules, defaults.unmatched),
  ];
}

function allInShadow(rules: readonly FinalRule[], unmatched: string): PolicyProblem[] {
  const [first] = rules;
  if (first === undefined || rules.some(({ mode }) => mode === 'enforce')) return [];
  const message = `every rule is in shadow, so each action gets what no rule matches: ${unmatched}`;
  return [{ file: first.file, ...first.place, message, fix: 'enforce the rules that shall decide meanwhile' }];
}
