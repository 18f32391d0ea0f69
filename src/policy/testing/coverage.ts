import type { Judgement } from '@gatehouse/sdk/contract';
import type { Policy } from '../policy.ts';

/** How often the cases hit one rule. */
export interface RuleCoverage {
  id: string;
  /** Cases that it decided. */
  decisive: number;
  /** Cases in which it matched, decisive or not, in shadow or not. */
  matched: number;
}

export interface Coverage {
  rules: RuleCoverage[];
  /** Rules that match in some case. */
  hit: number;
  total: number;
  /** 0 to 100, rounded down: only 100 is all of them. */
  percent: number;
}

/** Which rules of a policy some judgements hit. */
export function coverageOf(policy: Policy, judgements: readonly Judgement[]): Coverage {
  const decisive = new Map<string, number>();
  const matched = new Map<string, number>();
  const count = (map: Map<string, number>, id: string): void => void map.set(id, (map.get(id) ?? 0) + 1);
  for (const { matchedRule, matchedRules, shadowRules } of judgements) {
    if (matchedRule !== null) count(decisive, matchedRule);
    for (const { id } of [...matchedRules, ...shadowRules]) count(matched, id);
  }
  const rules = policy.rules
    .map(({ id }) => ({ id, decisive: decisive.get(id) ?? 0, matched: matched.get(id) ?? 0 }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const hit = rules.filter((rule) => rule.matched > 0).length;
  const total = rules.length;
  return { rules, hit, total, percent: total === 0 ? 100 : Math.floor((100 * hit) / total) };
}
