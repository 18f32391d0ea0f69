import type { JsonObject, Judgement } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import type { GrantRow } from '../store/grants.ts';

/** Stands for the default in the list of what asked, where no rule covers the action and the default holds it. */
const NO_RULE = 'defaults.unmatched';

/** The rules for which people are asked: those that matched and ask, the engine's own included. */
export function askingRules({ outcome, matchedRules }: Judgement): string[] {
  if (outcome !== 'REQUIRE_APPROVAL') return [];
  const rules = matchedRules.filter(({ effect }) => effect === 'require_approval').map(({ id }) => id);
  return rules.length === 0 ? [NO_RULE] : rules;
}

/**
 * Whether a standing permission answers what a judgement asks: every rule that asks now was among those that people were
 * asked for, the policy in force permits such permissions for all of them, on terms that this one keeps, and the
 * arguments are those that it names. A block is never asked, so no permission answers it.
 */
export function grantFits(grant: GrantRow, judgement: Judgement, context: JsonObject, at: number): boolean {
  const limits = judgement.approval?.grants ?? null;
  if (judgement.outcome !== 'REQUIRE_APPROVAL' || limits === null) return false;
  const asked = new Set(JSON.parse(grant.rules_json) as string[]);
  if (!askingRules(judgement).every((rule) => asked.has(rule))) return false;
  if (at >= Math.min(grant.expires_at, grant.given_at + limits.withinSeconds * 1000)) return false;
  return argumentsFit(grant, context);
}

function argumentsFit({ arguments_json: json, exact }: GrantRow, context: JsonObject): boolean {
  const named = JSON.parse(json) as JsonObject;
  if (exact === 1) return canonicalize(named) === canonicalize(context);
  return Object.keys(named).every(
    (name) => Object.hasOwn(context, name) && canonicalize(named[name]) === canonicalize(context[name]),
  );
}
