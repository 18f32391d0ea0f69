import type { ApprovalTerms, Effect, Judgement, MatchedRule, Outcome } from '@gatehouse/sdk/contract';
import { strictest } from '../classify/index.ts';
import type { Evaluation, Policy, PolicyDefaults, Rule } from '../policy/index.ts';
import { evaluate, mergeTerms, RISK_THRESHOLD_RULE, stricter, TOOL_CHANGED_RULE } from '../policy/index.ts';
import type { Risk } from '../risk/index.ts';
import type { JudgedAction, Situation } from './assess.ts';
import { assess } from './assess.ts';
import { changedTool } from './changed-tool.ts';
import { adviceFor, unmatchedReason } from './says.ts';
import { overThreshold } from './threshold.ts';

export { factsOf } from './assess.ts';
export type { JudgedAction, Situation } from './assess.ts';

/** The policy that holds now, or why there is none. Without one everything is refused. */
export type PolicyInForce = { ok: true; policy: Policy } | { ok: false; reason: string; digest: string };

/** A judgement, and the rules that ask of the past and fit otherwise, whether they applied or not. */
export interface Weighed {
  judgement: Judgement;
  lookedBack: readonly Rule[];
}

const OUTCOMES: Record<Effect, Outcome> = { allow: 'ALLOW', require_approval: 'REQUIRE_APPROVAL', block: 'BLOCK' };

/**
 * Judges one action under one policy: a pure function of both, and of what is known of the moment and of the time
 * before. Rules and risk thresholds are taken together, the strictest wins, and what no rule covers gets the policy's
 * default, which is never to allow. What is in shadow is told and changes nothing.
 */
export function judge(action: JudgedAction, inForce: PolicyInForce, situation: Situation): Judgement {
  return weigh(action, inForce, situation).judgement;
}

/**
 * The same, with the rules that ask of the past: who finds some there answers them and weighs again.
 *
 * @param find finds out what the action does; for whoever weighs one action several times
 */
// INVARIANT: nothing unruled runs. Whatever goes wrong in here is a BLOCK with a reason; this function never throws.
export function weigh(action: JudgedAction, inForce: PolicyInForce, situation: Situation, find = assess): Weighed {
  const digest = inForce.ok ? inForce.policy.digest : inForce.digest;
  try {
    const { facts, risk } = find(action, situation);
    const assessed = {
      riskScore: risk.score,
      severity: risk.severity,
      riskFactors: risk.factors,
      classification: facts.classification,
      policyDigest: digest,
    };
    if (!inForce.ok) {
      const { reason } = inForce;
      return { judgement: { ...NOTHING_MATCHED, ...assessed, outcome: 'BLOCK', reason }, lookedBack: [] };
    }
    const { policy } = inForce;
    const evaluation = evaluate(policy, facts, situation.past);
    const own = { risk, changed: changedTool(action, situation) };
    const { effect, matched, decisive } = conclude(evaluation.effect, evaluation.matched, policy.defaults, own);
    const judgement: Judgement = {
      ...assessed,
      outcome: OUTCOMES[effect],
      reason: decisive?.reason ?? unmatchedReason(action, effect, facts.classification.operation),
      matchedRule: decisive?.id ?? null,
      matchedRules: matched,
      approval: effect === 'require_approval' ? termsOf(evaluation, matched, policy.defaults) : null,
      grant: null,
      advice:
        decisive === evaluation.matched[0]
          ? (evaluation.advice ?? adviceFor(effect, decisive))
          : adviceFor(effect, decisive),
      shadowRules: evaluation.shadow,
      shadowOutcome: shadowOutcome(policy, evaluation, own),
    };
    return { judgement, lookedBack: evaluation.lookedBack };
  } catch (error) {
    return { judgement: broken(digest, error), lookedBack: [] };
  }
}

/** What people are asked under: the terms of the rules that ask; the engine's own rules ask under those of the defaults. */
function termsOf({ approval }: Evaluation, matched: readonly MatchedRule[], defaults: PolicyDefaults): ApprovalTerms {
  if (approval === null) return defaults.approval;
  const own = [RISK_THRESHOLD_RULE, TOOL_CHANGED_RULE];
  return matched.some(({ id }) => own.includes(id)) ? mergeTerms(approval, defaults.approval) : approval;
}

/** What the engine's own rules go by, beside the defaults. */
interface OwnGrounds {
  risk: Risk;
  changed: MatchedRule | null;
}

interface Conclusion {
  effect: Effect;
  /** What matched, the engine's own rules included, strictest first. */
  matched: MatchedRule[];
  /** What gave the effect; undefined where that was the default. */
  decisive: MatchedRule | undefined;
}

function conclude(
  ruledEffect: Effect | 'none',
  rules: MatchedRule[],
  defaults: PolicyDefaults,
  { risk, changed }: OwnGrounds,
): Conclusion {
  const own = [overThreshold(defaults, risk), changed].filter((rule) => rule !== null);
  const matched = own.reduce((all, rule) => insert(rule, all), rules);
  const ruled = ruledEffect === 'none' ? defaults.unmatched : ruledEffect;
  const effect = own.reduce((strictest, rule) => stricter(strictest, rule.effect), ruled);
  // The default decides alone only where it is stricter than what matched, i.e. than the engine's own rules.
  return { effect, matched, decisive: matched[0]?.effect === effect ? matched[0] : undefined };
}

/** Puts a rule of the engine's behind those of its effect: a rule's reason was written for the case at hand. */
function insert(own: MatchedRule, matched: readonly MatchedRule[]): MatchedRule[] {
  const before = matched.filter((rule) => stricter(rule.effect, own.effect) === rule.effect);
  return [...before, own, ...matched.slice(before.length)];
}

/** What would have come of it if everything in shadow were enforced; null where nothing in shadow has a say. */
function shadowOutcome(policy: Policy, { shadow, shadowEffect }: Evaluation, own: OwnGrounds): Outcome | null {
  if (shadow.length === 0 && policy.shadowDefaults === null) return null;
  return OUTCOMES[conclude(shadowEffect, [], policy.shadowDefaults ?? policy.defaults, own).effect];
}

const NOTHING_MATCHED = {
  matchedRule: null,
  matchedRules: [],
  approval: null,
  grant: null,
  advice: 'Do not repeat it: nothing runs until an operator has seen to the policy.',
  shadowRules: [],
  shadowOutcome: null,
};

function broken(digest: string, error: unknown): Judgement {
  const message = error instanceof Error ? error.message : 'unknown error';
  return {
    ...NOTHING_MATCHED,
    outcome: 'BLOCK',
    reason: `The action could not be judged (${message}), so nothing runs`,
    advice: 'Do not repeat it as it is; ask in a simpler way.',
    riskScore: 100,
    severity: 'critical',
    riskFactors: [{ name: 'engine', points: 100, says: 'the action could not be judged' }],
    classification: strictest([]),
    policyDigest: digest,
  };
}
