import type { ApprovalView } from '@gatehouse/sdk/contract';
import { argumentChanges } from '../console/said/changes.ts';
import { digestFits } from '../console/said/cautions.ts';
import { progressRows, termsRows } from './approvals/question-rows.ts';
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
  wishRows(card, approval);
  judgementRows(card, approval);
  termsRows(card, approval);
  progressRows(card, approval);
  endRows(card, approval);
  card.row('policy', approval.policyDigest);
  card.row('digest', approval.actionDigest);
  if (approval.preview !== null) {
    const { state, says } = approval.preview;
    card.members(state === 'ready' ? 'preview' : 'no preview', says);
  }
  if (approval.edit !== null) {
    const { by, at, from } = approval.edit;
    card.row('edited', `by ${by} at ${at}: - what the agent asked for, + what is asked now`);
    card.changes('changes', argumentChanges(from, approval.arguments));
  }
  card.members('arguments', approval.arguments);
  // Once it is resolved the arguments shown may be those that an approver put in place of what was asked.
  if (approval.status === 'pending' && !digestFits(approval))
    card.alarm('The digest does not belong to what is shown here: do not approve it.');
  return card.finish();
}

function wishRows(card: Card, approval: ApprovalView): void {
  card.row('action', approval.actionId);
  card.row('agent', approval.agent);
  behindRows(card, approval);
  card.row('wants', approval.type);
  card.row('on', approval.target);
  if (approval.purpose !== null) card.row('purpose', approval.purpose);
  if (approval.session !== null) card.row('session', approval.session);
}

/** Who is behind the agent, as far as it is known. */
function behindRows(card: Card, { behind: { team, owner, environment, chain } }: ApprovalView): void {
  if (owner !== null) card.row('owner', owner);
  if (team !== null) card.row('team', team);
  if (environment !== null) card.row('runs in', environment);
  chain.forEach((name, at) => card.row(at === 0 ? 'acts for' : '', at === 0 ? name : `which acts for ${name}`));
}

function judgementRows(card: Card, approval: ApprovalView): void {
  card.row('because', approval.reason);
  for (const { id, effect, reason } of approval.matchedRules) card.row('rule', `${id} (${effect}): ${reason}`);
  shadowRows(card, approval);
  approval.differences.forEach((says, at) => card.row(at === 0 ? 'differs' : '', says));
  card.row('risk', `${approval.riskScore} of 100, ${approval.severity}`);
  for (const { name, points, says } of approval.riskFactors) {
    card.row('', `${points < 0 ? '' : '+'}${points} ${name}: ${says}`);
  }
  const { operation, targetKind, environment, evidence } = approval.classification;
  card.row('kind', `${operation}, ${targetKind}, environment ${environment}`);
  for (const { part, says } of evidence) card.row('', `${part}: ${says}`);
  card.row('asked', approval.round === 1 ? approval.requestedAt : `${approval.requestedAt}, round ${approval.round}`);
}

function endRows(card: Card, approval: ApprovalView): void {
  card.row('open until', approval.expiresAt ?? 'it is answered');
  if (approval.resolvedAt !== null) card.row('resolved', resolution(approval));
  if (approval.comment !== null) card.row('comment', approval.comment);
  if (!approval.breakGlass) return;
  const { secondLook } = approval;
  if (secondLook === null) {
    card.alarm('Break-glass: an admin approved it alone, whatever the terms. Somebody else has yet to look at it.');
  } else {
    card.row('break-glass', 'an admin approved it alone, whatever the terms');
    const comment = secondLook.comment === null ? '' : `: ${secondLook.comment}`;
    card.row('second look', `by ${secondLook.by} at ${secondLook.at}${comment}`);
  }
}

/** Where it stands, who resolved it, when and how much that is worth, in one line of foreign text. */
export function resolution(approval: ApprovalView): string {
  const { status, resolvedBy, resolvedAt, unsigned, breakGlass, progress } = approval;
  if (status === 'pending') {
    return `still pending: ${progress.stage} has ${progress.approvals} of ${progress.quorum} approvals`;
  }
  const by = resolvedBy === null ? '' : ` by ${resolvedBy}`;
  const mark = unsigned ? ' (unsigned: by a Temporal signal)' : breakGlass ? ' (break-glass)' : '';
  return `${status}${by} at ${resolvedAt ?? 'an unknown time'}${mark}`;
}
