import type { Effect, JsonObject, Judgement, MatchedRule, Outcome } from '@gatehouse/sdk/contract';
import { classify, examine } from '../classify/index.ts';
import type { Policy } from '../policy/index.ts';
import { evaluate, RISK_THRESHOLD_RULE, stricter } from '../policy/index.ts';
import type { Risk } from '../risk/index.ts';
import { assessRisk } from '../risk/index.ts';

/** What is asked, and who asks. */
export interface JudgedAction {
  type: string;
  target: string;
  context: JsonObject;
  agent: string;
}

/** The policy that holds now, or why there is none. Without one everything is refused. */
export type PolicyInForce = { ok: true; policy: Policy } | { ok: false; reason: string; digest: string };

const OUTCOMES: Record<Effect, Outcome> = { allow: 'ALLOW', require_approval: 'REQUIRE_APPROVAL', block: 'BLOCK' };

/**
 * Judges one action under one policy: a pure function of both. Rules and risk thresholds are taken together, the
 * strictest wins, and what no rule covers gets the policy's default, which is never to allow.
 */
// INVARIANT: nothing unruled runs. Whatever goes wrong in here is a BLOCK with a reason; this function never throws.
export function judge(action: JudgedAction, inForce: PolicyInForce): Judgement {
  const digest = inForce.ok ? inForce.policy.digest : inForce.digest;
  try {
    const classification = classify(action);
    const found = examine(action);
    const risk = assessRisk({ classification, action, agent: action.agent, found });
    const assessed = {
      riskScore: risk.score,
      severity: risk.severity,
      riskFactors: risk.factors,
      classification,
      policyDigest: digest,
    };
    if (!inForce.ok) return { ...NOTHING_MATCHED, ...assessed, outcome: 'BLOCK', reason: inForce.reason };
    const { policy } = inForce;
    const evaluation = evaluate(policy, {
      action: { type: action.type, target: action.target },
      args: action.context,
      agent: { name: action.agent },
      classification,
      risk: { score: risk.score, severity: risk.severity },
      found,
    });
    const threshold = overThreshold(policy, risk);
    const matched = threshold === null ? evaluation.matched : insert(threshold, evaluation.matched);
    const ruled = evaluation.effect === 'none' ? policy.defaults.unmatched : evaluation.effect;
    const effect = threshold === null ? ruled : stricter(ruled, threshold.effect);
    // The default decides alone only where it is stricter than what matched, i.e. than the threshold.
    const decisive = matched[0]?.effect === effect ? matched[0] : undefined;
    return {
      ...assessed,
      outcome: OUTCOMES[effect],
      reason: decisive?.reason ?? unmatchedReason(action, policy.defaults.unmatched, classification.operation),
      matchedRule: decisive?.id ?? null,
      matchedRules: matched,
      approval: effect === 'require_approval' ? (evaluation.approval ?? policy.defaults.approval) : null,
    };
  } catch (error) {
    return broken(digest, error);
  }
}

const NOTHING_MATCHED = { matchedRule: null, matchedRules: [], approval: null };

function overThreshold(policy: Policy, risk: Risk): MatchedRule | null {
  const { requireApproval, block } = policy.defaults.riskThresholds;
  const because = (limit: number, then: string): string =>
    `The risk score is ${risk.score} (${risk.factors.map((factor) => factor.says).join(', ')}); from ${limit} on ${then}`;
  if (block !== null && risk.score >= block) {
    return { id: RISK_THRESHOLD_RULE, effect: 'block', reason: because(block, 'nothing runs. Ask for less at once.') };
  }
  if (requireApproval !== null && risk.score >= requireApproval) {
    const reason = because(requireApproval, 'a person must approve. Ask for less at once, or wait for the answer.');
    return { id: RISK_THRESHOLD_RULE, effect: 'require_approval', reason };
  }
  return null;
}

/** Puts the threshold behind the rules of its own effect: a rule's reason was written for the case at hand. */
function insert(threshold: MatchedRule, matched: readonly MatchedRule[]): MatchedRule[] {
  const before = matched.filter((rule) => stricter(rule.effect, threshold.effect) === rule.effect);
  return [...before, threshold, ...matched.slice(before.length)];
}

function unmatchedReason(action: JudgedAction, unmatched: Effect, operation: string): string {
  const what = `No rule covers ${action.type} on ${action.target} (operation ${operation})`;
  return unmatched === 'block'
    ? `${what}, and what no rule covers is blocked. Do not repeat it; ask for a rule that covers it.`
    : `${what}, so a person must approve it. Wait for the answer, or use an action that the policy covers.`;
}

function broken(digest: string, error: unknown): Judgement {
  const message = error instanceof Error ? error.message : 'unknown error';
  return {
    ...NOTHING_MATCHED,
    outcome: 'BLOCK',
    reason: `The action could not be judged (${message}), so nothing runs`,
    riskScore: 100,
    severity: 'critical',
    riskFactors: [{ name: 'engine', points: 100, says: 'the action could not be judged' }],
    classification: { operation: 'unknown', targetKind: 'unknown', environment: 'unknown' },
    policyDigest: digest,
  };
}
