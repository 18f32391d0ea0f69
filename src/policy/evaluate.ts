import type { ApprovalTerms, Effect, MatchedRule } from '@gatehouse/sdk/contract';
import type { Facts, PreparedFacts } from './facts.ts';
import { prepare } from './facts.ts';
import type { Policy, Rule } from './policy.ts';
import { STRICTNESS } from './policy.ts';
import { compare } from './problem.ts';

/** What the rules of a policy make of an action. */
export interface Evaluation {
  /** The strictest effect of all that matched; `none` where nothing did. */
  effect: Effect | 'none';
  /** Every rule that matched, strictest first, then by id. */
  matched: MatchedRule[];
  /** The reason of the first of them; null where nothing matched. */
  reason: string | null;
  /** The shortest terms of the rules that ask for approval; null where none does. */
  approval: ApprovalTerms | null;
}

/**
 * Evaluates the rules: strictest effect wins. A condition that cannot be told counts against the action: its rule
 * applies if it blocks or asks, and a rule that would have allowed asks a person instead.
 */
export function evaluate(policy: Policy, facts: Facts): Evaluation {
  const prepared = prepare(facts);
  const matched: Match[] = [];
  let approval: ApprovalTerms | null = null;
  for (const rule of policy.rules) {
    const match = applyRule(rule, prepared);
    if (match === null) continue;
    matched.push(match);
    if (match.effect !== 'require_approval') continue;
    const seconds = Math.min(approval?.expiresInSeconds ?? Infinity, rule.approval.expiresInSeconds);
    approval = { expiresInSeconds: seconds };
  }
  matched.sort(compareMatches);
  const first = matched[0];
  return {
    effect: first?.effect ?? 'none',
    matched: matched.map(({ id, effect, reason }) => ({ id, effect, reason })),
    reason: first?.reason ?? null,
    approval,
  };
}

/** A match, and whether its condition could be told. */
type Match = MatchedRule & { told: boolean };

/** Strictest first; of one effect those whose condition could be told, for their reason fits better; then by id. */
function compareMatches(a: Match, b: Match): number {
  const byStrictness = STRICTNESS.indexOf(a.effect) - STRICTNESS.indexOf(b.effect);
  return byStrictness || Number(b.told) - Number(a.told) || compare(a.id, b.id);
}

function applyRule(rule: Rule, facts: PreparedFacts): Match | null {
  if (!rule.matchers.every((matches) => matches(facts))) return null;
  // INVARIANT: an action of unknown operation is allowed only by a rule that names its type in full.
  const unknown = facts.classification.operation === 'unknown';
  if (rule.effect === 'allow' && unknown && !rule.namesActions.has(facts.names.action.snake)) return null;
  const truth = rule.condition === null ? TRUE : rule.condition(facts.variables);
  const { id, effect, reason } = rule;
  if (truth.ok) return truth.value ? { id, effect, reason, told: true } : null;
  if (effect === 'allow') {
    const why = `A person must look: rule ${id} would allow this, but its condition could not be told (${truth.error})`;
    return { id, effect: 'require_approval', reason: why, told: false };
  }
  const why = `${reason} (rule ${id} applies because its condition could not be told: ${truth.error})`;
  return { id, effect, reason: why, told: false };
}

const TRUE = { ok: true, value: true } as const;
