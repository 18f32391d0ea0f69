import type { ApprovalView, GuardAnswer, Mode } from './contract/index.ts';
import { isId } from './ids.ts';

/** What the caller asked for, as far as an answer must fit it. */
export interface Asked {
  mode: Mode;
  /** The claim sent with the request; null where none was. */
  claimId: string | null;
}

/** Says what in an answer contradicts itself or what was asked, or null. */
export function contradictionIn(answer: GuardAnswer, { mode, claimId }: Asked): string | null {
  const { decision, status, permit } = answer;
  if (!isId(answer.actionId)) return 'actionId is not an id';
  if (answer.approvalId !== null && !isId(answer.approvalId)) return 'approvalId is not an id';
  if (answer.mode !== mode) return `mode is ${answer.mode}, asked was ${mode}`;
  if (decision === 'BLOCK' && status !== 'blocked') return `decision is BLOCK and status is ${status}`;
  if (decision === 'BLOCK' && permit?.granted === true) return 'decision is BLOCK and a permit is granted';
  if (answer.approvalId === null && (decision === 'REQUIRE_APPROVAL' || status === 'held')) {
    return 'it is held and names no approval';
  }
  if (claimId === null) return null;
  const runnable = status === 'permitted' || status === 'claimed';
  if (decision === 'ALLOW' && runnable && permit === null) return 'decision is ALLOW and there is no permit';
  if (permit?.granted === true && permit.claimId !== claimId) return 'the permit is granted to another claim';
  if (permit?.granted === true && ['held', 'scheduled', 'permitted'].includes(status)) {
    return `the permit is granted and status is ${status}`;
  }
  return null;
}

/** True when this very claim may run the action now. */
export function grants(answer: Pick<GuardAnswer, 'status' | 'permit'>, claimId: string): boolean {
  return answer.status === 'claimed' && answer.permit?.granted === true && answer.permit.claimId === claimId;
}

/** True when an approval hands its permit to this very claim. */
export function approvalGrants(approval: ApprovalView, claimId: string): boolean {
  return approval.status === 'approved' && approval.permit?.granted === true && approval.permit.claimId === claimId;
}
