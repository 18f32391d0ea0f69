import { verdictIsSigned } from '../audit/verdict-signature.ts';
import type { DecideDeps } from '../decide/deps.ts';
import { readVerdictKey } from '../store/verdict-keys.ts';
import type { ReviewInput } from '../workflows/messages.ts';

/**
 * Checks that the gate itself, having authenticated the reviewer, sent this verdict for this action. Returns why it does
 * not count, or null when it does.
 */
export async function verifyVerdict(
  deps: DecideDeps,
  input: { actionId: string; review: ReviewInput },
): Promise<string | null> {
  const { actionId, review } = input;
  const publicKey = await readVerdictKey(deps.store, review.keyId);
  if (publicKey === undefined) return `No key ${JSON.stringify(review.keyId)} ever signed verdicts here`;
  const { signature, ...rest } = review;
  return verdictIsSigned({ ...rest, actionId }, signature, publicKey)
    ? null
    : 'The signature does not belong to this verdict on this action';
}
