import type { Effect, MatchedRule } from '@gatehouse/sdk/contract';
import { RISK_THRESHOLD_RULE } from '../policy/index.ts';

/** Why an action that no rule covers is held or blocked, for people. */
export function unmatchedReason(
  { type, target }: { type: string; target: string },
  unmatched: Effect,
  operation: string,
): string {
  const what = `No rule covers ${type} on ${target} (operation ${operation})`;
  return unmatched === 'block'
    ? `${what}, and what no rule covers is blocked.`
    : `${what}, so a person must approve it.`;
}

/** What the agent can do where the rule that decided says nothing of it; null when the action may run. */
export function adviceFor(effect: Effect, decisive: MatchedRule | undefined): string | null {
  if (effect === 'allow') return null;
  const threshold = decisive?.id === RISK_THRESHOLD_RULE;
  if (effect === 'require_approval') {
    const wait = 'Wait for the approval: asking again with the same idempotency key gives the answer.';
    if (threshold) return `${wait} Asking for less at once lowers the risk.`;
    return decisive === undefined ? `${wait} Or use an action that the policy covers.` : wait;
  }
  if (threshold) return 'Do not repeat it as it is; ask for less at once.';
  return decisive === undefined
    ? 'Do not repeat it; ask the owner of the policy for a rule that covers it, or use an action that one covers.'
    : 'Do not repeat it: no approval is possible. Do what the reason names, or something else.';
}
