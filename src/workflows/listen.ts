import { ApplicationFailure, CancellationScope, condition, setHandler } from '@temporalio/workflow';
import type { Desk } from './desk.ts';
import * as messages from './messages.ts';
import type { ActionRequest, AgentAnswerResult, ReviewAnswer, SignalledVerdict, Standing } from './messages.ts';
import { steps } from './steps.ts';
import { readable, unreadableReview, whyUnreadable } from './unreadable.ts';

/** Puts every message that comes for the action on the desk, and keeps its sender waiting until it was dealt with. */
export function listen(request: ActionRequest, desk: Desk, standing: () => Standing | undefined): void {
  setHandler(messages.stateQuery, () => ({
    actionId: request.actionId,
    standing: standing() ?? null,
    verdicts: desk.verdictCount,
  }));

  setHandler(
    messages.decisionUpdate,
    owed(async (input) => {
      if (!readable.decision(input)) throw ApplicationFailure.nonRetryable(whyUnreadable(input), 'forbidden');
      await condition(() => standing() !== undefined);
      const answer = await steps.answerCaller({ actionId: request.actionId, ...input });
      // A lease runs from here on, not from the time at which an unclaimed permit would have lapsed.
      if (answer.permit?.granted === true && standing()?.status === 'permitted') desk.reconsider = true;
      return answer;
    }),
  );

  setHandler(
    messages.reviewUpdate,
    owed(async (given) => {
      desk.verdictCount += 1;
      const review = readable.review(given) ? given : unreadableReview(desk.verdictCount);
      let answer: ReviewAnswer | undefined;
      desk.verdicts.push({ via: 'update', review, answer: (given) => (answer = given) });
      await condition(() => answer !== undefined);
      return answer as unknown as ReviewAnswer;
    }),
  );

  setHandler(
    messages.answerUpdate,
    owed(async (given) => {
      if (!readable.answer(given)) return { accepted: false, code: 'forbidden', says: whyUnreadable(given) };
      let result: AgentAnswerResult | undefined;
      desk.answers.push({ given, answer: (became) => (result = became) });
      await condition(() => result !== undefined);
      return result as unknown as AgentAnswerResult;
    }),
  );

  setHandler(
    messages.cancelUpdate,
    owed(async (given) => {
      if (!readable.cancel(given)) throw ApplicationFailure.nonRetryable(whyUnreadable(given), 'forbidden');
      const { by, reason } = given;
      let answer: Standing | undefined;
      desk.cancels.push({ by, reason, answer: (became) => (answer = became) });
      await condition(() => answer !== undefined);
      const { status } = answer as unknown as Standing;
      return { cancelled: status === 'cancelled', status };
    }),
  );

  setHandler(messages.approveSignal, (payload) => signalled('approve', payload));
  setHandler(messages.rejectSignal, (payload) => signalled('reject', payload));
  setHandler(messages.outcomeSignal, (report) => {
    if (readable.outcome(report)) desk.reports.push(report);
  });
  setHandler(messages.reconsiderSignal, () => void (desk.reconsider = true));

  function signalled(verdict: 'approve' | 'reject', payload: unknown): void {
    desk.verdictCount += 1;
    const verdictId = `signal-${String(desk.verdictCount)}`;
    // The Temporal CLI can send any JSON, or nothing.
    const given: SignalledVerdict = typeof payload === 'object' && payload !== null ? payload : {};
    desk.verdicts.push({ via: 'signal', verdictId, verdict, payload: given, approvalId: desk.asked });
  }
}

/** Of an update, whose answer is owed also where somebody has asked Temporal to cancel the workflow. */
function owed<Input, Answer>(handler: (given: Input) => Promise<Answer>): (given: Input) => Promise<Answer> {
  return (given) => CancellationScope.nonCancellable(() => handler(given));
}
