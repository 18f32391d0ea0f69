import { createHash } from 'node:crypto';
import type { ApprovalView, VerdictRequest } from '@gatehouse/sdk/contract';
import { checkArguments } from '../../activities/executors/index.ts';
import { digestAction } from '../../decide/digest.ts';
import { GateProblem } from '../../decide/problem.ts';
import type { ActionRow, ApprovalRow } from '../../store/actions.ts';
import type { ReviewAnswer, VerdictDetail } from '../../workflows/messages.ts';
import type { Caller } from '../gateway.ts';
import { isPermitted, notPermitted } from '../permit.ts';
import { requireRecentSignIn } from '../step-up.ts';
import { refused } from './actions.ts';
import { viewOf, visibleApproval, type Found } from './approvals.ts';
import type { GatewayDeps } from './deps.ts';
import { refusedVerdict } from './refused-verdict.ts';
import { hasSaidIt } from './said-before.ts';

/**
 * Signs a reviewer's verdict and delivers it to the action's workflow, which alone decides what it counts for.
 *
 * INVARIANT: I5 an agent cannot approve. The attempt is refused and put on record.
 */
export async function verdict(
  deps: GatewayDeps,
  caller: Caller,
  approvalId: string,
  given: VerdictRequest,
): Promise<ApprovalView> {
  if (!isPermitted(caller, 'approval.review')) {
    await refusedVerdict(deps, caller, approvalId, { code: 'forbidden', verdict: given.verdict });
    // Whoever may not see it is told no more than that.
    await visibleApproval(deps, caller, approvalId);
    throw notPermitted(caller, 'approval.review', { approvalId });
  }
  const found = await visibleApproval(deps, caller, approvalId);
  const { id: actionId } = found.action;
  if (needsRecentSignIn(found.approval, given)) requireRecentSignIn(caller, deps, 'let this run');
  const detail = await detailOf(deps, found.action, given);
  if (hasSaidIt(found.approval, caller.principal, given, detail)) return viewOf(deps, found);
  if (found.approval.status !== 'pending') {
    await refused(deps, caller, actionId, { what: 'verdict', code: 'already_resolved', verdict: given.verdict });
    throw alreadyResolved(found.approval);
  }
  const answer = await deliver(deps, caller, found, given, detail);
  // A worker wrote it, in another process: whoever waits here would hear of it only at the next poll of the store.
  deps.store.changes.tell(actionId);
  const now = await visibleApproval(deps, caller, approvalId);
  if (answer.accepted) return viewOf(deps, now);
  if (answer.code === 'already_resolved') throw alreadyResolved(now.approval);
  throw new GateProblem(answer.code, `${answer.says}.`, { approvalId, actionId });
}

/** Whatever may let a critical action run, now or by somebody else's word. Stopping one is never held up. */
function needsRecentSignIn({ severity }: ApprovalRow, { verdict: word }: VerdictRequest): boolean {
  return word === 'override' || (severity === 'critical' && LETS_RUN.has(word));
}

const LETS_RUN: ReadonlySet<string> = new Set(['approve', 'edit', 'delegate']);

/** What the verdict says beside its word, with the digest of what an edit would run. */
async function detailOf(deps: GatewayDeps, action: ActionRow, given: VerdictRequest): Promise<VerdictDetail | null> {
  const { arguments: args, question, to, grant } = given;
  if (question !== undefined) return { kind: 'ask', question };
  if (to !== undefined) return { kind: 'delegate', to };
  if (grant !== undefined) return { kind: 'grant', grant };
  if (args === undefined) return null;
  const { type, target, agent } = action;
  const executor = action.mode === 'executor' ? deps.executors.find(type, target) : undefined;
  const errors = executor === undefined ? [] : await checkArguments(executor, args);
  if (errors.length > 0) {
    const placed = errors.map((error) => ({ ...error, field: `/arguments${error.field}` }));
    throw new GateProblem('edit_refused', 'The arguments do not fit what runs them; see errors.', {}, placed);
  }
  return { kind: 'edit', arguments: args, digest: digestAction({ type, target, arguments: args, agent }) };
}

async function deliver(
  deps: GatewayDeps,
  caller: Caller,
  { approval, action: { id: actionId, version } }: Found,
  given: VerdictRequest,
  detail: VerdictDetail | null,
): Promise<ReviewAnswer> {
  const { verdict: word, actionDigest, comment = null, policyDigest = approval.policy_digest } = given;
  const said = {
    ...{ approvalId: approval.id, verdict: word, actionDigest, policyDigest, comment, detail },
    ...{ reviewer: caller.principal, role: caller.role, groups: caller.groups ?? [] },
  };
  const named = JSON.stringify([said, REPEATABLE.has(word) ? version : null, deps.signer.keyId]);
  const verdictId = createHash('sha256').update(named).digest('hex').slice(0, 32);
  const unsigned = { ...said, verdictId, at: deps.now() };
  const signed = deps.signer.sign({ ...unsigned, actionId });
  try {
    return await deps.temporal.review(actionId, { ...unsigned, ...signed });
  } catch (error) {
    if (!(error instanceof GateProblem) || error.code !== 'already_settled') throw error;
    // The workflow ended while the verdict was under way: the record knows who won.
    await refused(deps, caller, actionId, { what: 'verdict', code: 'already_resolved', verdict: word });
    const now = await visibleApproval(deps, caller, approval.id);
    throw alreadyResolved(now.approval);
  }
}

/**
 * What can be said, taken back and said again: then it is another verdict and not a repeat of the first. While nothing
 * has changed between two of them they are the same.
 */
const REPEATABLE: ReadonlySet<string> = new Set(['approve', 'abstain', 'delegate', 'withdraw']);

function alreadyResolved(approval: ApprovalRow): GateProblem {
  const by = approval.resolved_by ?? 'nobody: its time was over';
  const at = approval.resolved_at === null ? null : new Date(approval.resolved_at).toISOString();
  return new GateProblem(
    'already_resolved',
    `The approval is ${approval.status}, by ${by}, at ${at ?? 'an unknown time'}.`,
    {
      approvalId: approval.id,
      approvalStatus: approval.status,
      resolvedBy: approval.resolved_by,
      resolvedAt: at,
    },
  );
}
