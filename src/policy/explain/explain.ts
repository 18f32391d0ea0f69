import type { Policy, Rule } from '../policy.ts';
import type { Engine } from '../trial.ts';
import type { Asked } from './asked.ts';
import type { Explanation } from './explanation.ts';
import type { SearchOptions } from './find-changes.ts';
import { findChanges } from './find-changes.ts';
import type { RuleTrace } from './rule-trace.ts';
import { traceRules } from './trace-rules.ts';

const MOST_RULES = 100;
/** A rule of which more parts than this do not hold has nothing to do with the action. */
const NEAR_MISSES = 1;

/** Explains what a policy makes of an action, and what would alter it. Pure and bounded; never throws. */
export function explain(asked: Asked, policy: Policy, engine: Engine, options: SearchOptions): Explanation {
  const { action, situation } = asked;
  const { judgement } = engine.weigh(action, policy, situation);
  const traces = traceRules(policy.rules, engine.factsOf(action, situation), situation.past, judgement.matchedRule);
  const near = traces.filter((each) => each.matched || misses(each) <= NEAR_MISSES).sort(nearestFirst);
  const rules = near.slice(0, MOST_RULES);
  return {
    action: { type: action.type, target: action.target, agent: action.agent },
    judgement,
    recorded: null,
    rules,
    rulesLeftOut: traces.length - rules.length,
    ...findChanges(asked, policy, engine.weigh, options),
    notes: notesOn(policy.rules, asked),
  };
}

/** How many parts of a rule do not hold, its condition and its past among them. */
function misses({ parts, condition, matched }: RuleTrace): number {
  const missing = parts.filter((part) => !part.holds).length + (condition?.truth === 'false' ? 1 : 0);
  return matched ? 0 : Math.max(missing, 1);
}

function nearestFirst(a: RuleTrace, b: RuleTrace): number {
  return Number(b.decisive) - Number(a.decisive) || Number(b.matched) - Number(a.matched) || misses(a) - misses(b);
}

function notesOn(rules: readonly Rule[], { situation }: Asked): string[] {
  const back = rules.filter((rule) => rule.limit !== null || rule.after !== null);
  if (back.length === 0 || situation.past !== undefined) return [];
  const ids = back.slice(0, 5).map((rule) => rule.id);
  const more = back.length > 5 ? ` and ${String(back.length - 5)} more` : '';
  return [
    `Budgets and sequences were not looked up, so rules that ask of the time before count as applying: ${ids.join(', ')}${more}.`,
  ];
}
