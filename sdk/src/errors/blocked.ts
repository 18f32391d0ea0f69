import type { GuardAnswer, MatchedRule, RiskFactor, Severity } from '../contract/index.ts';
import { ActionRefusedError } from './refused.ts';

/** What is known of a block. The whole answer of the gate fits. */
export type BlockFacts = Pick<
  GuardAnswer,
  'actionId' | 'approvalId' | 'reason' | 'matchedRule' | 'matchedRules' | 'riskScore' | 'severity' | 'riskFactors'
> & { advice?: string | null };

/** The policy blocks the action. */
export class ActionBlockedError extends ActionRefusedError {
  override readonly name = 'ActionBlockedError';
  readonly code = 'action_blocked';
  readonly matchedRule: string | null;
  readonly matchedRules: readonly MatchedRule[];
  readonly riskScore: number;
  readonly severity: Severity;
  readonly riskFactors: readonly RiskFactor[];

  constructor(answer: BlockFacts, reason = answer.reason) {
    // The advice belongs to the reason beside it.
    const advice = reason === answer.reason ? answer.advice : null;
    super('Blocked', { actionId: answer.actionId, approvalId: answer.approvalId, reason, advice });
    this.matchedRule = answer.matchedRule;
    this.matchedRules = answer.matchedRules;
    this.riskScore = answer.riskScore;
    this.severity = answer.severity;
    this.riskFactors = answer.riskFactors;
  }
}
