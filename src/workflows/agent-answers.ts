import type { IncomingAnswer } from './desk.ts';
import type { ActionRequest, AgentAnswerResult } from './messages.ts';
import { answerQuestion, type ApprovalRound } from './round.ts';
import { steps } from './steps.ts';

/** Puts down what the agent says to a reviewer's question, and tells the agent what became of it. */
export async function hearAnswer(
  request: ActionRequest,
  round: ApprovalRound,
  { given, answer }: IncomingAnswer,
): Promise<ApprovalRound> {
  const refusal = await steps.verifyAnswer({ actionId: request.actionId, answer: given });
  if (refusal !== null) {
    answer({ accepted: false, code: 'forbidden', says: refusal });
    return round;
  }
  const at = Date.now();
  const isOther = given.approvalId !== round.approvalId;
  const next = isOther ? null : answerQuestion(round, given.questionId, given.answer, at);
  if (next === null) {
    answer(notOpen(round, given.questionId));
    return round;
  }
  const entry = { kind: 'answered', questionId: given.questionId, agent: given.agent, at } as const;
  await steps.recordRound({ request, round: next, entry });
  answer({ accepted: true });
  return next;
}

/** An answer to a question of which nobody waits for one any more. */
export function answerTooLate(): AgentAnswerResult {
  return { accepted: false, code: 'already_resolved', says: 'The approval has been resolved, so nobody waits for it' };
}

function notOpen({ questions }: ApprovalRound, questionId: string): AgentAnswerResult {
  const asked = questions.find(({ id }) => id === questionId);
  if (asked === undefined) return { accepted: false, code: 'not_found', says: `Nobody asked ${questionId}` };
  return { accepted: false, code: 'already_resolved', says: `${questionId} has been answered` };
}
