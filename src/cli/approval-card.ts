import type { ApprovalView } from '@gatehouse/sdk/contract';
import { digestAction } from '../decide/digest.ts';
import { Card } from './card.ts';
import type { CardStyle } from './card.ts';
import { shadowRows } from './shadow-rows.ts';

/**
 * The whole question for a person at a terminal.
 *
 * INVARIANT: F18 every argument is there whole, and nothing in it can act on the terminal, hide, or pose as a line of the card.
 */
export function approvalCard(approval: ApprovalView, style: CardStyle): string[] {
  const card = new Card(style);
  card.heading(`Approval ${approval.approvalId}`, approval.status);
  card.row('action', approval.actionId);
  card.row('agent', approval.agent);
  card.row('wants', approval.type);
  card.row('on', approval.target);
  if (approval.purpose !== null) card.row('purpose', approval.purpose);
  card.row('because', approval.reason);
  for (const { id, effect, reason } of approval.matchedRules) card.row('rule', `${id} (${effect}): ${reason}`);
  shadowRows(card, approval);
  card.row('risk', `${approval.riskScore} of 100, ${approval.severity}`);
  for (const { name, points, says } of approval.riskFactors) {
    card.row('', `${points < 0 ? '' : '+'}${points} ${name}: ${says}`);
  }
  const { operation, targetKind, environment } = approval.classification;
  card.row('kind', `${operation}, ${targetKind}, environment ${environment}`);
  card.row('asked', approval.requestedAt);
  card.row('open until', approval.expiresAt);
  if (approval.resolvedAt !== null) card.row('resolved', resolution(approval));
  if (approval.comment !== null) card.row('comment', approval.comment);
  card.row('policy', approval.policyDigest);
  card.row('digest', approval.actionDigest);
  card.members('arguments', approval.arguments);
  if (!digestFits(approval)) card.alarm('The digest does not belong to what is shown here: do not approve it.');
  return card.finish();
}

/** Whether the digest that a verdict is bound to is the one of exactly what the card shows. */
export function digestFits({ type, target, arguments: args, agent, actionDigest }: ApprovalView): boolean {
  return digestAction({ type, target, arguments: args, agent }) === actionDigest;
}

/** Who resolved it, when and how much that is worth, in one line of foreign text. */
export function resolution({ status, resolvedBy, resolvedAt, unsigned }: ApprovalView): string {
  const by = resolvedBy === null ? '' : ` by ${resolvedBy}`;
  return `${status}${by} at ${resolvedAt ?? 'an unknown time'}${unsigned ? ' (unsigned: by a Temporal signal)' : ''}`;
}
