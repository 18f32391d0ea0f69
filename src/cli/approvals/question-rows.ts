import type { ApprovalView } from '@gatehouse/sdk/contract';
import { reviewersSay, stageSays, termsSay } from '../../console/said/terms.ts';
import { spanOf } from '../../console/said/times.ts';
import type { Card } from '../card.ts';

/** Who is asked, under which terms. */
export function termsRows(card: Card, { terms, progress, status }: ApprovalView): void {
  terms.stages.forEach((stage, at) => {
    const isOpen = status === 'pending' && stage.name === progress.stage;
    const standing = isOpen ? ` (open: ${progress.approvals} of ${progress.quorum})` : '';
    card.row(at === 0 ? 'asked of' : '', `${stage.name}: ${stageSays(stage)}${standing}`);
    stage.escalation.forEach(({ afterSeconds, to }, step) => {
      const taken = isOpen && step < progress.escalations ? ' (by now)' : '';
      card.row('', `after ${spanOf(afterSeconds)} also ${reviewersSay(to)}${taken}`);
    });
  });
  for (const [label, says] of termsSay(terms)) {
    // How long it stays open is told as the time at which it ends.
    if (label !== STAYS_OPEN) card.row(label.toLowerCase(), says);
  }
}

const STAYS_OPEN = 'Stays open';

/** What people have said so far, and what they and the agent asked and answered. */
export function progressRows(card: Card, { progress }: ApprovalView): void {
  for (const { reviewer, vote, stage, at, comment, unsigned } of progress.votes) {
    const did = vote === 'approve' ? 'approves' : 'abstains from';
    const mark = unsigned ? ' (unsigned: by a Temporal signal)' : '';
    card.row('said', `${reviewer} ${did} ${stage} at ${at}${mark}${comment === null ? '' : `: ${comment}`}`);
  }
  for (const { from, to, at } of progress.delegations) card.row('delegated', `by ${from} to ${to} at ${at}`);
  for (const { id, by, at, question, answer, answeredAt } of progress.questions) {
    card.row('asked back', `${id}, by ${by} at ${at}: ${question}`);
    if (answer === null) card.row('', 'the agent has not answered yet');
    else card.row('answer', `at ${answeredAt ?? 'an unknown time'}: ${answer}`);
  }
}
