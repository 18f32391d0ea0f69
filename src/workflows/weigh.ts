import type { WeighedVerdict } from './approval.ts';
import type { IncomingVerdict } from './desk.ts';
import { factsOf } from './earlier.ts';
import type { ActionRequest, ReviewAnswer, VerdictProof } from './messages.ts';
import { proofOfReview } from './proof.ts';
import { steps } from './steps.ts';

/** Names a verdict on the record, so that it is written once. */
export function verdictIdOf(incoming: IncomingVerdict): string {
  return incoming.via === 'update' ? incoming.review.verdictId : incoming.verdictId;
}

/** What its entry keeps, so that whoever reads the record can check who said it; null where nobody signed it. */
export function proofOf(incoming: IncomingVerdict): VerdictProof | null {
  return incoming.via === 'update' ? proofOfReview(incoming.review) : null;
}

/**
 * Finds out what authority a verdict has: a signature that a known key of the gate made, or, for a signal, whether
 * unsigned verdicts count here at all.
 */
export async function weigh(request: ActionRequest, incoming: IncomingVerdict): Promise<WeighedVerdict> {
  if (incoming.via === 'update') {
    const { review } = incoming;
    const { role, groups, detail, policyDigest } = factsOf(review);
    return {
      verdict: review.verdict,
      reviewer: { name: review.reviewer, role, groups },
      comment: review.comment,
      detail,
      policyDigest,
      unsigned: false,
      approvalId: review.approvalId,
      actionDigest: review.actionDigest,
      refusal: await steps.verifyVerdict({ actionId: request.actionId, review }),
    };
  }
  const { payload } = incoming;
  return {
    verdict: incoming.verdict,
    // Whoever has the Temporal UI says who it is; in no group, whatever it says.
    reviewer: {
      name: typeof payload.reviewer === 'string' ? payload.reviewer : 'temporal',
      role: 'reviewer',
      groups: [],
    },
    comment: typeof payload.comment === 'string' ? payload.comment : null,
    detail: null,
    policyDigest: null,
    unsigned: true,
    approvalId: incoming.approvalId,
    actionDigest: null,
    refusal: await steps.admitUnsigned(),
  };
}

/** Puts a refused verdict on record and tells its sender why. */
export async function refuse(
  request: ActionRequest,
  incoming: IncomingVerdict,
  weighed: WeighedVerdict,
  answer: Extract<ReviewAnswer, { accepted: false }>,
): Promise<void> {
  await steps.recordRefusedVerdict({
    actionId: request.actionId,
    verdictId: verdictIdOf(incoming),
    verdict: weighed.verdict,
    reviewer: weighed.reviewer.name,
    unsigned: weighed.unsigned,
    code: answer.code,
    says: answer.says,
    at: Date.now(),
  });
  if (incoming.via === 'update') incoming.answer(answer);
}
