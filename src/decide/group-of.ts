import { createHash } from 'node:crypto';
import type { Judgement } from '@gatehouse/sdk/contract';
import type { ActionRow } from '../store/actions.ts';

/**
 * The key of the questions that are alike: the same agent wants the same type of action on the same target, and the same
 * rule asks. What differs among them is the arguments, which nobody answers unread. Texts of any length, so that the key
 * is a digest.
 */
export function groupOf(
  { agent, type, target }: Pick<ActionRow, 'agent' | 'type' | 'target'>,
  { matchedRule }: Pick<Judgement, 'matchedRule'>,
): string {
  const alike = JSON.stringify([agent, type, target, matchedRule]);
  return `grp_${createHash('sha256').update(alike).digest('base64url').slice(0, 22)}`;
}
