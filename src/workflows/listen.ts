import { condition, setHandler } from '@temporalio/workflow';
import type { Desk } from './desk.ts';
import * as messages from './messages.ts';
import type { ActionRequest, AgentAnswerResult, ReviewAnswer, SignalledVerdict, Standing } from './messages.ts';
import { steps } from './steps.ts';

/** Puts every message that comes for the action on the desk, and keeps its sender waiting until it was dealt with. */
export function listen(request: ActionRequest, desk: Desk, standing: () => Standing | undefined): void {
  setHandler(messages.stateQuery, () => ({
    actionId: request.actionId,
    standing: standing() ?? null,
    verdicts: desk.verdictCount,
  }));

  setHandler(messages.decisionUpdate, async (input) => {
    await condition(() => standing() !== undefined);
    const answer = await steps.answerCaller({ actionId: request.actionId, ...input });
    // A lease runs from here on, not from the time at which an unclaimed permit would have lapsed.
    if (answer.permit?.granted === true && standing()?.status === 'permitted') desk.reconsider = true;
    return answer;
  });

  setHandler(messages.reviewUpdate, async (review) => {
    desk.verdictCount += 1;
    let answer: ReviewAnswer | undefined;
    desk.verdicts.push({ via: 'update', review, answer: (given) => (answer = given) });
    await condition(() => answer !== undefined);
    return answer as unknown as ReviewAnswer;
  });

  setHandler(messages.answerUpdate, async (given) => {
    let result: AgentAnswerResult | undefined;
    desk.answers.push({ given, answer: (became) => (result = became) });
    await condition(() => result !== undefined);
    return result as unknown as AgentAnswerResult;
  });

  setHandler(messages.cancelUpdate, async ({ by, reason }) => {
    let answer: Standing | undefined;
    desk.cancels.push({ by, reason, answer: (given) => (answer = given) });
    await condition(() => answer !== undefined);
    const { status } = answer as unknown as Standing;
    return { cancelled: status === 'cancelled', status };
  });

  setHandler(messages.approveSignal, (payload) => signalled('approve', payload));
  setHandler(messages.rejectSignal, (payload) => signalled('reject', payload));
  setHandler(messages.outcomeSignal, (report) => void desk.reports.push(report));
  setHandler(messages.reconsiderSignal, () => void (desk.reconsider = true));

  function signalled(verdict: 'approve' | 'reject', payload: unknown): void {
    desk.verdictCount += 1;
    const verdictId = `signal-${String(desk.verdictCount)}`;
    // The Temporal CLI can send any JSON, or nothing.
    const given: SignalledVerdict = typeof payload === 'object' && payload !== null ? payload : {};
    desk.verdicts.push({ via: 'signal', verdictId, verdict, payload: given, approvalId: desk.asked });
  }
}
