import type { GuardAnswer, Judgement, Outcome } from '@gatehouse/sdk/contract';
import { readyFor } from '../classify/index.ts';
import { assess } from '../decide/assess.ts';
import { judge } from '../decide/judge.ts';
import { policyFromText } from '../policy/index.ts';
import type { Store } from '../store/open.ts';
import { readPolicyVersion } from '../store/policy-versions.ts';
import type { Standing } from '../workflows/messages.ts';
import type { HistoryFacts } from './history.ts';

/** A judgement as it was made, and what it was taken from. */
export interface FoundJudgement {
  judgement: Judgement;
  from: 'the answer to a caller' | 'the policy of that digest' | 'the first step';
}

/**
 * The judgement of an action as its history has it. Callers by Temporal were answered with all of it. Otherwise the history
 * holds what came of it and the digest of the policy: where the store still has that policy, and it says the very same
 * of the action, the rest is what it says; where not, only the classification is made anew.
 */
export async function judgementIn(store: Store, facts: HistoryFacts, decided: Standing): Promise<FoundJudgement> {
  const answered = facts.steps.find(({ name }) => name === 'answerCaller')?.result as GuardAnswer | undefined;
  const { outcome, reason, riskScore, severity, policyDigest } = decided;
  if (answered !== undefined) {
    const { matchedRule, matchedRules, riskFactors, classification, grant, advice, shadowRules, shadowOutcome } =
      answered;
    const rest = { matchedRule, matchedRules, riskFactors, classification, grant, advice, shadowRules, shadowOutcome };
    const judgement = { outcome, reason, riskScore, severity, policyDigest, approval: answered.approval, ...rest };
    return { judgement, from: 'the answer to a caller' };
  }
  const again = await judgedUnder(store, facts, { policyDigest, outcome, reason });
  if (again?.riskScore === riskScore) return { judgement: again, from: 'the policy of that digest' };
  await readyFor(facts.request);
  const { facts: found, risk } = assess(facts.request, { now: facts.started.at });
  return {
    judgement: {
      outcome,
      reason,
      matchedRule: null,
      matchedRules: [],
      riskScore,
      severity,
      // Another version of the gate may weigh otherwise: then its factors would not add up to the score.
      riskFactors: risk.score === riskScore ? risk.factors : [],
      classification: found.classification,
      policyDigest,
      approval: decided.approval?.terms ?? null,
      grant: null,
      advice: null,
      shadowRules: [],
      shadowOutcome: null,
    },
    from: 'the first step',
  };
}

/** What the policy of a digest says of the action, if that is what was said; null where the store does not have it. */
export async function judgedUnder(
  store: Store,
  { request, started }: HistoryFacts,
  said: { policyDigest: string; outcome: Outcome; reason: string },
): Promise<Judgement | null> {
  const version = await readPolicyVersion(store, said.policyDigest);
  if (version === undefined) return null;
  const made = policyFromText(version.text);
  if (!made.ok || made.policy.digest !== said.policyDigest) return null;
  await readyFor(request);
  const judgement = judge(request, { ok: true, policy: made.policy }, { now: started.at });
  return judgement.outcome === said.outcome && judgement.reason === said.reason ? judgement : null;
}
