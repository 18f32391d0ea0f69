import { condition, setCurrentDetails } from '@temporalio/workflow';
import { answerRound, cancelRound, expireRound, openRound, type ApprovalRound } from './approval.ts';
import { describeQuestion, describeStanding } from './describe.ts';
import { noteQuestion, type Desk } from './desk.ts';
import type { ActionRequest, Standing } from './messages.ts';
import { steps } from './steps.ts';
import { refuse, verdictIdOf, weigh } from './weigh.ts';

/**
 * Asks people and waits on a durable timer until one of them answers, the time is over, or the question is withdrawn.
 * An approval is judged again by the policy in force before anything may run.
 */
export async function askPeople(request: ActionRequest, desk: Desk, standing: Standing): Promise<Standing> {
  const question = standing.approval;
  if (question === null) return standing;
  noteQuestion(desk, question.approvalId);
  const deadline = Date.now() + question.expiresInSeconds * 1000;
  let round = openRound(question.approvalId, request.digest, request.agent);
  setCurrentDetails(describeQuestion(request, standing, deadline));

  for (;;) {
    await somethingOnTheDesk(desk, deadline);
    // A verdict that history has before the end of the time counts, also when both wake the workflow together (F16).
    const incoming = desk.verdicts.shift();
    if (incoming !== undefined) {
      const weighed = await weigh(request, incoming);
      const given = answerRound(round, weighed, Date.now());
      round = given.round;
      if (!given.answer.accepted) {
        await refuse(request, incoming, weighed, given.answer);
        continue;
      }
      const next = await conclude(request, round, verdictIdOf(incoming));
      if (incoming.via === 'update') incoming.answer(given.answer);
      return next;
    }
    const cancel = desk.cancels.shift();
    if (cancel !== undefined) {
      const next = await conclude(request, cancelRound(round, cancel.by, cancel.reason, Date.now()), null);
      cancel.answer(next);
      return next;
    }
    return conclude(request, expireRound(round, Date.now()), null);
  }
}

/** Returns when a verdict or a cancel has come, or when the time is over. */
async function somethingOnTheDesk(desk: Desk, deadline: number): Promise<void> {
  const some = () => desk.verdicts.length > 0 || desk.cancels.length > 0;
  const remaining = deadline - Date.now();
  if (!some() && remaining > 0) await condition(some, remaining);
}

async function conclude(request: ActionRequest, round: ApprovalRound, verdictId: string | null): Promise<Standing> {
  const standing = await steps.concludeApproval({ request, round, verdictId });
  setCurrentDetails(describeStanding(standing, round));
  return standing;
}
