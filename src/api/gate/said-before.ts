import type { VerdictRequest } from '@gatehouse/sdk/contract';
import { roundOf } from '../../decide/stored-round.ts';
import type { ApprovalRow } from '../../store/actions.ts';
import type { VerdictDetail } from '../../workflows/messages.ts';

/** Whether it is the same verdict by the same person, delivered again after it counted: that is no conflict (F02). */
export function hasSaidIt(
  approval: ApprovalRow,
  who: string,
  { verdict, actionDigest }: VerdictRequest,
  detail: VerdictDetail | null,
): boolean {
  const round = roundOf(approval);
  if (round.actionDigest !== actionDigest) return false;
  const endedIt = round.resolvedBy === who && !round.unsigned;
  const { edit, breakGlass } = round;
  switch (verdict) {
    case 'approve': {
      const approved = round.votes.some((one) => one.reviewer === who && one.vote === 'approve' && !one.unsigned);
      return round.status === 'approved' && edit === null && (approved || (endedIt && !breakGlass));
    }
    case 'reject':
      return round.status === 'denied' && endedIt;
    case 'edit':
      return endedIt && edit !== null && detail?.kind === 'edit' && detail.digest === edit.digest;
    case 'override':
      return endedIt && breakGlass;
    case 'delegate':
      return (
        round.status === 'pending' &&
        round.delegations.some(
          ({ from, to, stage }) =>
            from === who && stage === round.stage && detail?.kind === 'delegate' && detail.to === to,
        )
      );
    case 'ask':
      return round.questions.some(
        ({ by, question, answer }) =>
          by === who && answer === null && detail?.kind === 'ask' && detail.question === question,
      );
    default:
      return false;
  }
}
