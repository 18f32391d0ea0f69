import type { BulkVerdictAnswer, BulkVerdictRequest } from '@gatehouse/sdk/contract';
import { GateProblem } from '../../decide/problem.ts';
import { readApprovalAlone } from '../../store/lists.ts';
import type { Caller } from '../gateway.ts';
import { isPermitted, notPermitted } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';
import { refusedVerdict } from './refused-verdict.ts';
import { verdict } from './verdict.ts';

type Result = BulkVerdictAnswer['results'][number];
type Listed = BulkVerdictRequest['approvals'][number];

/** So many are under way at once: a page of them must not keep everybody else from the gate. */
const AT_ONCE = 8;

/**
 * Gives one verdict to exactly the listed approvals at the listed digests (F24). Each stands on its own: what does not
 * count for one changes nothing for the others, and the answer tells of each in the order in which they were listed.
 */
export async function verdicts(
  deps: GatewayDeps,
  caller: Caller,
  { verdict: word, comment, approvals }: BulkVerdictRequest,
): Promise<BulkVerdictAnswer> {
  if (!isPermitted(caller, 'approval.review')) {
    for (const { approvalId } of approvals) {
      await refusedVerdict(deps, caller, approvalId, { code: 'forbidden', verdict: word });
    }
    throw notPermitted(caller, 'approval.review');
  }
  const one = async ({ approvalId, actionDigest, policyDigest }: Listed): Promise<Result> => {
    const given = { verdict: word, actionDigest, policyDigest, ...(comment === undefined ? {} : { comment }) };
    try {
      const { status } = await verdict(deps, caller, approvalId, given);
      return { approvalId, counted: true, status, code: null, says: null };
    } catch (error) {
      if (!(error instanceof GateProblem)) throw error;
      const row = await readApprovalAlone(deps.store, approvalId);
      return { approvalId, counted: false, status: row?.status ?? null, code: error.code, says: error.detail };
    }
  };
  const results: Result[] = [];
  for (let from = 0; from < approvals.length; from += AT_ONCE) {
    results.push(...(await Promise.all(approvals.slice(from, from + AT_ONCE).map(one))));
  }
  return { results };
}
