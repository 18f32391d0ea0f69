import { condition } from '@temporalio/workflow';
import { answerTooLate } from './agent-answers.ts';
import { answerLate } from './approval.ts';
import type { Desk } from './desk.ts';
import type { ActionRequest, Standing } from './messages.ts';
import { steps } from './steps.ts';
import { refuse, weigh } from './weigh.ts';

/**
 * Beside the main story: turns away what comes when nothing can be changed by it any more, at once and on record, so that
 * the loser of a race hears who won while the action still runs.
 */
export async function turnAwayLate(
  request: ActionRequest,
  desk: Desk,
  standing: () => Standing | undefined,
): Promise<never> {
  const isAsking = () => standing() === undefined || standing()?.status === 'held';
  const isPermit = () =>
    standing()?.status === 'scheduled' ||
    (request.executor === null && ['permitted', 'claimed'].includes(standing()?.status ?? ''));
  for (;;) {
    await condition(
      () =>
        !isAsking() &&
        (desk.verdicts.length + desk.answers.length > 0 ||
          (!isPermit() && desk.cancels.length + desk.reports.length > 0)),
    );
    desk.inHand += 1;
    const incoming = desk.verdicts.shift();
    if (incoming !== undefined) {
      const weighed = await weigh(request, incoming);
      const last = await steps.readRound({ actionId: request.actionId });
      await refuse(request, incoming, weighed, answerLate(last, weighed));
    }
    if (!isAsking()) for (const { answer } of desk.answers.splice(0)) answer(answerTooLate());
    const now = standing();
    if (now !== undefined && !isPermit() && !isAsking()) {
      for (const cancel of desk.cancels.splice(0)) cancel.answer(now);
      for (const report of desk.reports.splice(0)) {
        await steps.refuseReport({ actionId: request.actionId, claimId: report.claimId, at: Date.now() });
      }
    }
    desk.inHand -= 1;
  }
}
