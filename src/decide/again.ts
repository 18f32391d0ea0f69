import { plainTerms, type ApprovalTerms, type Judgement } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import { readyFor } from '../classify/index.ts';
import { mergeTerms } from '../policy/index.ts';
import type { ActionRow } from '../store/actions.ts';
import { stillGranted } from './by-grant.ts';
import type { DecideDeps } from './deps.ts';
import { judge, weigh } from './judge.ts';
import { judgedAction } from './recorded.ts';
import { weighInHindsight } from './reserve.ts';
import { toolStatus } from './tool-status.ts';

const PLAIN_TERMS = plainTerms(null);

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
export async function judgeAgain(deps: DecideDeps, action: ActionRow, base: Judgement): Promise<SecondLook> {
  const judged = judgedAction(action);
  await readyFor(judged);
  const inForce = deps.policies.current();
  const now = deps.now();
  const tool = judged.tool === undefined ? null : await toolStatus(deps.store, judged);
  const first = weigh(judged, inForce, { now, tool });
  const judgement =
    first.lookedBack.length === 0
      ? first.judgement
      : await weighInHindsight(
          deps,
          { actionId: action.id, action: judged, now, asked: action.requested_at },
          first.lookedBack,
          (past) => judge(judged, inForce, { now, tool, past }),
          askedFor(base),
        );
  if (judgement.outcome === 'BLOCK') return { says: 'blocked', judgement };
  if (judgement.outcome === 'ALLOW') return { says: 'stands', judgement };
  if (await stillGranted(deps, base, judgement, judged.context)) return { says: 'stands', judgement };
  return { says: asksForMore(base, judgement) ? 'ask' : 'stands', judgement };
}

function asksForMore(base: Judgement, now: Judgement): boolean {
  if (base.outcome !== 'REQUIRE_APPROVAL') return true;
  const asked = askedFor(base);
  const isNew = now.matchedRules.some((rule) => rule.effect === 'require_approval' && !asked.has(rule.id));
  return isNew || needsMorePeople(base.approval ?? PLAIN_TERMS, now.approval ?? PLAIN_TERMS);
}

/** Whether whatever fulfilled the terms that people were asked under falls short of those of now. */
function needsMorePeople(asked: ApprovalTerms, now: ApprovalTerms): boolean {
  const { stages, commentRequired, tickets } = mergeTerms(asked, now);
  const said = [asked.stages, asked.commentRequired, asked.tickets];
  return canonicalize([stages, commentRequired, tickets]) !== canonicalize(said);
}

/** The rules for which people were asked. */
function askedFor({ outcome, matchedRules }: Judgement): ReadonlySet<string> {
  if (outcome !== 'REQUIRE_APPROVAL') return new Set();
  return new Set(matchedRules.filter(({ effect }) => effect === 'require_approval').map(({ id }) => id));
}
