import type { ApprovalView, BulkVerdictRequest } from '@gatehouse/sdk/contract';
import { GateProblem } from '../../decide/problem.ts';

type Ticked = BulkVerdictRequest['approvals'][number];

/** What a tick box stands for: one approval at the digests that its row was rendered with (F24). None of the three has spaces. */
export function tickOf({ approvalId, actionDigest, policyDigest }: Pick<ApprovalView, keyof Ticked>): string {
  return [approvalId, actionDigest, policyDigest].join(' ');
}

/** What was ticked, in the order of the page. Throws `GateProblem` `invalid_request` for none, and for what no page of ours has. */
export function readTicks(form: URLSearchParams): Ticked[] {
  const ticks = form.getAll('tick').map((tick) => {
    const [approvalId, actionDigest, policyDigest, ...more] = tick.split(' ');
    if (approvalId === undefined || actionDigest === undefined || policyDigest === undefined || more.length > 0) {
      throw new GateProblem('invalid_request', 'A tick is not of the inbox. Open it again and send it from there.');
    }
    return { approvalId, actionDigest, policyDigest };
  });
  if (ticks.length === 0) throw new GateProblem('invalid_request', 'Nothing is ticked: tick what the answer is for.');
  return ticks;
}
