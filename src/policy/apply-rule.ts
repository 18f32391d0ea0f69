import type { MatchedRule } from '@gatehouse/sdk/contract';
import type { Truth } from './cel.ts';
import type { Facts, PreparedFacts } from './facts.ts';
import type { Past } from './past.ts';
import { inHindsight } from './past.ts';
import type { Rule } from './policy.ts';

/** A rule that matched, and whether its condition could be told. */
export type Match = MatchedRule & { rule: Rule; told: boolean };

const TRUE: Truth = { ok: true, value: true };

/** What a rule makes of an action, but for the past; null where it does not match. Never throws. */
export function applyRule(rule: Rule, facts: PreparedFacts): Match | null {
  if (!rule.matchers.every((matcher) => matcher.holds(facts))) return null;
  // INVARIANT: an action of unknown operation is allowed only by a rule that names its type in full.
  if (rule.effect === 'allow' && !namesUnknown(rule, facts)) return null;
  const truth = rule.condition === null ? TRUE : rule.condition(facts.variables);
  const { id, effect, reason } = rule;
  if (truth.ok) return truth.value ? { id, effect, reason, rule, told: true } : null;
  if (effect === 'allow') {
    const why = `A person must look: rule ${id} would allow this, but its condition could not be told (${truth.error})`;
    return { id, effect: 'require_approval', reason: why, rule, told: false };
  }
  const why = `${reason} (rule ${id} applies because its condition could not be told: ${truth.error})`;
  return { id, effect, reason: why, rule, told: false };
}

/** Whether an action's operation is known, or the rule names its type in full. */
export function namesUnknown(rule: Rule, facts: PreparedFacts): boolean {
  return facts.classification.operation !== 'unknown' || rule.namesActions.has(facts.names.action.snake);
}

/** What of a match is left in the light of the past. A rule whose condition could not be told applies in any case. */
export function lookBack(fit: Match, facts: Facts, past: Past | undefined): Match | null {
  const { rule } = fit;
  if (!fit.told || (rule.limit === null && rule.after === null)) return fit;
  const { applies, says } = inHindsight(rule.id, rule, facts.args, past);
  if (!applies) return null;
  return says === null ? fit : { ...fit, reason: `${fit.reason} (${says})` };
}
