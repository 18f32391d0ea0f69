import type { AgentAnswerInput, CancelInput, DecisionInput, OutcomeInput, ReviewInput } from './messages.ts';
import { isRefusedPayload } from './refused-payload.ts';

/**
 * Whoever reaches Temporal can send a workflow anything, or nothing. What has not the form of its message is turned away
 * here: an exception further on would stop the workflow for good, and a step that cannot write it would try for ever.
 */
export const readable = {
  review: hasTexts<ReviewInput>('verdictId', 'approvalId', 'verdict', 'actionDigest', 'reviewer', 'keyId', 'signature'),
  answer: hasTexts<AgentAnswerInput>('questionId', 'approvalId', 'agent', 'answer', 'keyId', 'signature'),
  cancel: hasTexts<CancelInput>('by'),
  decision: hasTexts<DecisionInput>('digest', 'requestId'),
  outcome: hasTexts<OutcomeInput>('claimId', 'status'),
};

/** A verdict that nobody can read, in the form of one: it is weighed, refused and put on record as any forgery is. */
export function unreadableReview(count: number): ReviewInput {
  return {
    verdictId: `unreadable-${String(count)}`,
    verdict: 'approve',
    reviewer: 'unreadable',
    role: 'reviewer',
    groups: [],
    comment: null,
    detail: null,
    at: 0,
    ...{ approvalId: '', actionDigest: '', policyDigest: '', keyId: '', signature: '' },
  };
}

/** Why a message is turned away, in words. */
export function whyUnreadable(given: unknown): string {
  return isRefusedPayload(given) ? given.gatehouseRefused : 'It has not the form of this message';
}

function hasTexts<Message extends object>(...names: readonly (keyof Message & string)[]) {
  return (given: unknown): given is Message => {
    if (typeof given !== 'object' || given === null || isRefusedPayload(given)) return false;
    const fields = given as Record<string, unknown>;
    return names.every((name) => typeof fields[name] === 'string');
  };
}
