import { answerIsSigned, verdictIsSigned } from '../audit/verdict-signature.ts';
import type { DecideDeps } from '../decide/deps.ts';
import { digestAction } from '../decide/digest.ts';
import { readAction } from '../store/actions.ts';
import { readVerdictKey } from '../store/verdict-keys.ts';
import type { AgentAnswerInput, ReviewInput } from '../workflows/messages.ts';

/**
 * Checks that the gate itself, having authenticated the reviewer, sent this verdict for this action. Returns why it does
 * not count, or null when it does.
 */
export async function verifyVerdict(
  deps: DecideDeps,
  input: { actionId: string; review: ReviewInput },
): Promise<string | null> {
  const { actionId, review } = input;
  const publicKey = await publicKeyOf(deps, review.keyId);
  if (typeof publicKey !== 'string') return publicKey.why;
  const { signature, ...rest } = review;
  if (!verdictIsSigned({ ...rest, actionId }, signature, publicKey)) {
    return 'The signature does not belong to this verdict on this action';
  }
  return editIsItsOwn(deps, actionId, review);
}

/** The same of an agent's answer: the gate sent it, having authenticated the agent that asked for the action. */
export async function verifyAnswer(
  deps: DecideDeps,
  input: { actionId: string; answer: AgentAnswerInput },
): Promise<string | null> {
  const { actionId, answer } = input;
  const publicKey = await publicKeyOf(deps, answer.keyId);
  if (typeof publicKey !== 'string') return publicKey.why;
  const { signature, ...rest } = answer;
  if (!answerIsSigned({ ...rest, actionId }, signature, publicKey)) {
    return 'The signature does not belong to this answer on this action';
  }
  const action = await readAction(deps.store, actionId);
  return action?.agent === answer.agent ? null : `${answer.agent} did not ask for this action`;
}

/** The public key that checks a signature now, PEM; or why none does. */
async function publicKeyOf(deps: DecideDeps, keyId: string): Promise<string | { why: string }> {
  const key = await readVerdictKey(deps.store, keyId);
  if (key === undefined) return { why: `No key ${JSON.stringify(keyId)} ever signed verdicts here` };
  if (key.revokedAt === null) return key.publicKeyPem;
  return { why: `The key ${keyId} that signed it was revoked at ${new Date(key.revokedAt).toISOString()}` };
}

/** I2: what an edit names is what it holds. */
async function editIsItsOwn(deps: DecideDeps, actionId: string, { detail }: ReviewInput): Promise<string | null> {
  // Of an earlier version there may be none.
  if (detail?.kind !== 'edit') return null;
  const action = await readAction(deps.store, actionId);
  if (action === undefined) return 'The action is not on record';
  const { type, target, agent } = action;
  const digest = digestAction({ type, target, arguments: detail.arguments, agent });
  return digest === detail.digest ? null : 'The digest of the edited arguments is not their own';
}
