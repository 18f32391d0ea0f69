import type { MatchedRule } from '@gatehouse/sdk/contract';
import type { PolicyDefaults } from '../policy/index.ts';
import { RISK_THRESHOLD_RULE } from '../policy/index.ts';
import type { Risk } from '../risk/index.ts';

/** The risk threshold of the defaults as a rule that matched, where the score has reached one; the strictest counts. */
export function overThreshold({ riskThresholds }: PolicyDefaults, risk: Risk): MatchedRule | null {
  const { requireApproval, block } = riskThresholds;
  const because = (limit: number, then: string): string =>
    `The risk score is ${risk.score} (${risk.factors.map((factor) => factor.says).join(', ')}); from ${limit} on ${then}`;
  if (block !== null && risk.score >= block) {
    return { id: RISK_THRESHOLD_RULE, effect: 'block', reason: because(block, 'nothing runs.') };
  }
  if (requireApproval !== null && risk.score >= requireApproval) {
    const reason = because(requireApproval, 'a person must approve.');
    return { id: RISK_THRESHOLD_RULE, effect: 'require_approval', reason };
  }
  return null;
}
