import type { ApprovalTerms, Effect, MatchedRule } from '@gatehouse/sdk/contract';
import type { Match } from './apply-rule.ts';
import { applyRule, lookBack } from './apply-rule.ts';
import type { Facts, PreparedFacts } from './facts.ts';
import { prepare } from './facts.ts';
import { mergeTerms } from './merge-terms.ts';
import type { Past } from './past.ts';
import type { Policy, Rule } from './policy.ts';
import { STRICTNESS } from './policy.ts';
import { compare } from './problem.ts';

/** What the rules of a policy make of an action. */
export interface Evaluation {
  /** The strictest effect of all that matched; `none` where nothing did. */
  effect: Effect | 'none';
  /** Every rule that matched and is enforced, strictest first, then by id. */
  matched: MatchedRule[];
  /** The reason of the first of them, for people; null where nothing matched. */
  reason: string | null;
  /** What the first of them tells the agent to do; null where it says nothing. */
  advice: string | null;
  /** The terms of all rules that ask for approval, taken together; null where none does. */
  approval: ApprovalTerms | null;
  /** Every rule that matched and is in shadow, in the same order. */
  shadow: MatchedRule[];
  /** What the effect would be if these were enforced. */
  shadowEffect: Effect | 'none';
  /** The rules that ask of the past and fit otherwise, whether they applied or not. */
  lookedBack: Rule[];
}

/**
 * Evaluates the rules: strictest effect wins. A condition that cannot be told counts against the action: its rule
 * applies if it blocks or asks, and a rule that would have allowed asks a person instead. Pure; never throws.
 */
export function evaluate(policy: Policy, facts: Facts, past?: Past): Evaluation {
  const prepared = prepare(facts);
  return evaluateRules(policy.index(prepared), prepared, past);
}

/** The same for some of the rules: those that are left out must be ones that do not match. */
export function evaluateRules(rules: Iterable<Rule>, facts: PreparedFacts, past?: Past): Evaluation {
  const matched: Match[] = [];
  const shadow: Match[] = [];
  const lookedBack: Rule[] = [];
  for (const rule of rules) {
    const fit = applyRule(rule, facts);
    if (fit === null) continue;
    if (rule.limit !== null || rule.after !== null) lookedBack.push(rule);
    const match = lookBack(fit, facts, past);
    if (match !== null) (rule.mode === 'shadow' ? shadow : matched).push(match);
  }
  matched.sort(compareMatches);
  shadow.sort(compareMatches);
  const first = matched[0];
  return {
    effect: first?.effect ?? 'none',
    matched: matched.map(toMatchedRule),
    reason: first?.reason ?? null,
    advice: first?.told === true ? first.rule.advice : null,
    approval: termsOfAll(matched),
    shadow: shadow.map(toMatchedRule),
    shadowEffect: strictest([...matched, ...shadow]),
    lookedBack,
  };
}

function toMatchedRule({ id, effect, reason }: Match): MatchedRule {
  return { id, effect, reason };
}

function strictest(matches: readonly Match[]): Effect | 'none' {
  return STRICTNESS.find((effect) => matches.some((match) => match.effect === effect)) ?? 'none';
}

function termsOfAll(matches: readonly Match[]): ApprovalTerms | null {
  const asking = matches.filter((match) => match.effect === 'require_approval');
  const [first, ...others] = asking.map(({ rule }) => rule.approval);
  return first === undefined ? null : mergeTerms(first, ...others);
}

/** Strictest first; of one effect those whose condition could be told, for their reason fits better; then by id. */
function compareMatches(a: Match, b: Match): number {
  const byStrictness = STRICTNESS.indexOf(a.effect) - STRICTNESS.indexOf(b.effect);
  return byStrictness || Number(b.told) - Number(a.told) || compare(a.id, b.id);
}
