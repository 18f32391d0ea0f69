import { parseDuration } from '../duration.ts';
import type { Limit } from '../limits.ts';
import { takes } from '../limits.ts';
import type { Past } from '../past.ts';
import type { Policy, Rule } from '../policy.ts';
import type { Earlier } from '../sequence.ts';
import { followed, traitsOf } from '../sequence.ts';
import type { Situation, TriedAction, Weigh } from '../trial.ts';
import type { PolicyCase } from './schema.ts';

/** An earlier action of a case, judged: what it was, and which budgets it counted towards. */
interface Before {
  action: TriedAction;
  earlier: Earlier;
  countedBy: ReadonlySet<string>;
}

const REFUSED: ReadonlySet<Earlier['status']> = new Set(['blocked', 'rejected', 'expired', 'cancelled', 'lapsed']);

/**
 * What the rules that look back find in a case: sequences are looked for among its `earlier` actions, and budgets hold
 * what `spent` says, else what those actions have taken.
 */
export function pastOfCase(
  given: Pick<PolicyCase, 'earlier' | 'spent'>,
  action: TriedAction,
  policy: Policy,
  weigh: Weigh,
  situation: Situation & { now: number },
): Past {
  const rules = policy.rules.filter((rule) => rule.limit !== null || rule.after !== null);
  const before =
    rules.length === 0 ? [] : given.earlier.map((each) => judgeBefore(each, action, policy, weigh, situation));
  const earlier = before.map((each) => each.earlier);
  const spent = new Map<string, number>();
  const found = new Map<string, boolean>();
  for (const rule of rules) {
    if (rule.after !== null) found.set(rule.id, followed(rule.after, earlier, situation.now));
    if (rule.limit !== null) spent.set(rule.id, given.spent[rule.id] ?? taken(rule, rule.limit, before, situation.now));
  }
  return { spent, followed: found };
}

function judgeBefore(
  { ago, status, ...asked }: PolicyCase['earlier'][number],
  { agent, asker, session }: TriedAction,
  policy: Policy,
  weigh: Weigh,
  situation: Situation & { now: number },
): Before {
  const at = situation.now - (parseDuration(ago) ?? 0) * 1000;
  const action: TriedAction = { ...asked, agent, asker, session };
  const { judgement, lookedBack } = weigh(action, policy, { ...situation, now: at });
  const earlier = { type: action.type, target: action.target, status, traits: traitsOf(judgement.classification), at };
  return { action, earlier, countedBy: new Set(lookedBack.map((rule) => rule.id)) };
}

function taken(rule: Rule, limit: Limit, before: readonly Before[], now: number): number {
  const since = now - limit.withinSeconds * 1000;
  return before
    .filter(({ earlier, countedBy }) => earlier.at > since && countedBy.has(rule.id) && !REFUSED.has(earlier.status))
    .reduce((sum, each) => sum + (takes(limit, each.action.context) ?? 0), 0);
}
