import type { Judgement, JsonObject } from '@gatehouse/sdk/contract';
import type { ActionRow } from '../store/actions.ts';
import type { DecideDeps } from './deps.ts';
import { judge } from './judge.ts';

/** What the policy in force says of an action that was permitted under an earlier one. */
export interface SecondLook {
  says: 'stands' | 'blocked' | 'ask';
  judgement: Judgement;
}

/**
 * Judges an action again, just before its effect. An approval stands under another policy only if that policy asks for
 * nothing that people were not asked for; otherwise they are asked anew, or the action is blocked (F04).
 *
 * @param base the judgement under which the action was permitted
 */
export function judgeAgain(deps: DecideDeps, action: ActionRow, base: Judgement): SecondLook {
  const judgement = judge(
    {
      type: action.type,
      target: action.target,
      context: JSON.parse(action.context_json) as JsonObject,
      agent: action.agent,
    },
    deps.policies.current(),
  );
  if (judgement.outcome === 'BLOCK') return { says: 'blocked', judgement };
  if (judgement.outcome === 'ALLOW') return { says: 'stands', judgement };
  return { says: asksForMore(base, judgement) ? 'ask' : 'stands', judgement };
}

function asksForMore(base: Judgement, now: Judgement): boolean {
  if (base.outcome !== 'REQUIRE_APPROVAL') return true;
  const asked = new Set(base.matchedRules.filter((rule) => rule.effect === 'require_approval').map((rule) => rule.id));
  return now.matchedRules.some((rule) => rule.effect === 'require_approval' && !asked.has(rule.id));
}
