import { createHash } from 'node:crypto';
import type { AgentAnswerRequest, ApprovalView } from '@gatehouse/sdk/contract';
import { GateProblem } from '../../decide/problem.ts';
import { roundOf } from '../../decide/stored-round.ts';
import type { AgentAnswerResult } from '../../workflows/messages.ts';
import type { Caller } from '../gateway.ts';
import { viewOf, visibleApproval, type Found } from './approvals.ts';
import type { GatewayDeps } from './deps.ts';

/** Signs what the agent says to a reviewer's question and delivers it to the action's workflow. */
export async function answer(
  deps: GatewayDeps,
  caller: Caller,
  approvalId: string,
  given: AgentAnswerRequest,
): Promise<ApprovalView> {
  const found = await visibleApproval(deps, caller, approvalId);
  if (caller.principal !== found.action.agent) {
    throw new GateProblem('forbidden', 'Only the agent that asked for the action answers.', { approvalId });
  }
  const asked = roundOf(found.approval).questions.find(({ id }) => id === given.questionId);
  if (asked?.answer === given.answer) return viewOf(deps, found);
  const facts = { approvalId, questionId: given.questionId };
  const became = await deliver(deps, caller, found, given);
  if (!became.accepted) throw new GateProblem(became.code, `${became.says}.`, facts);
  deps.store.changes.tell(found.action.id);
  return viewOf(deps, await visibleApproval(deps, caller, approvalId));
}

async function deliver(
  deps: GatewayDeps,
  { principal: agent }: Caller,
  { approval: { id: approvalId }, action: { id: actionId } }: Found,
  given: AgentAnswerRequest,
): Promise<AgentAnswerResult> {
  const unsigned = { ...given, approvalId, agent, at: deps.now() };
  const named = JSON.stringify(['answer', approvalId, given.questionId, given.answer, deps.signer.keyId]);
  const signed = deps.signer.signAnswer({ ...unsigned, actionId });
  try {
    const id = createHash('sha256').update(named).digest('hex').slice(0, 32);
    return await deps.temporal.answer(actionId, id, { ...unsigned, ...signed });
  } catch (error) {
    if (!(error instanceof GateProblem) || error.code !== 'already_settled') throw error;
    return {
      accepted: false,
      code: 'already_resolved',
      says: 'The approval has been resolved, so nobody waits for it',
    };
  }
}
