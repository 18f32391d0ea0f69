import { permit } from '../../../src/api/permit.ts';
import { EventEmitter, once } from 'node:events';
import { approvalGroupListSchema } from '@gatehouse/sdk/contract';
import type { ActionView, ApprovalView, GuardAnswer, ParsedGuardRequest } from '@gatehouse/sdk/contract';
import type { Caller, Gateway } from '../../../src/api/gateway.ts';
import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import { GateProblem } from '../../../src/decide/problem.ts';
import { createMemoryAudit } from './memory-audit.ts';
import { createMemoryGrants } from './memory-grants.ts';
import { createMemoryInventory } from './memory-inventory.ts';
import { createMemoryKeys } from './memory-keys.ts';
import { createMemoryNotices } from './memory-notices.ts';
import { createMemoryPolicy } from './memory-policy.ts';
import { createMemoryPolicyTools } from './memory-policy-tools.ts';
import { createMemoryStops } from './memory-stops.ts';

/** One call of the gateway, as the routes made it. */
export interface Call {
  method: keyof Gateway;
  caller?: Caller;
  input: readonly unknown[];
}

export interface MemoryGateway extends Gateway {
  calls: Call[];
  /** Resolves the pending approval, as a reviewer elsewhere would. */
  resolveApproval(): void;
  /** Fulfilled once a call has begun to wait. */
  someoneWaits(): Promise<unknown>;
  /** Fulfilled once a wait has ended; tells whether by its signal. */
  waitEnded(): Promise<unknown>;
}

const ALLOWED: Partial<GuardAnswer> = { decision: 'ALLOW', status: 'permitted', approvalId: null, approval: null };
const BLOCKED: Partial<GuardAnswer> = { decision: 'BLOCK', status: 'blocked', approvalId: null, approval: null };

/** A gateway that keeps all in memory and decides by the first word of the type. It stands in for the real one only here. */
export function createMemoryGateway(): MemoryGateway {
  const calls: Call[] = [];
  const events = new EventEmitter();
  const byKey = new Map<string, GuardAnswer>();
  let approval: ApprovalView = EXAMPLES.ApprovalView;
  const settled = { status: 'succeeded', reason: null, error: null, settledAt: '2026-02-03T10:00:05.000Z' } as const;

  const waitFor = async (wait: { waitSeconds: number; signal: AbortSignal }): Promise<void> => {
    if (wait.waitSeconds === 0 || wait.signal.aborted) return;
    const aborted = once(wait.signal, 'abort').then(() => 'aborted');
    const resolved = once(events, 'resolved').then(() => 'resolved');
    events.emit('waits');
    events.emit('ended', await Promise.race([aborted, resolved]));
  };
  const record = (method: keyof Gateway, caller: Caller, input: readonly unknown[]): Promise<void> => {
    calls.push({ method, caller, input });
    return Promise.resolve();
  };
  const resolve = (status: ApprovalView['status'], resolvedBy: string, comment: string | null): void => {
    approval = { ...approval, status, resolvedAt: '2026-02-03T10:01:00.000Z', resolvedBy, comment };
    events.emit('resolved');
  };
  const known = (id: string, what: string): void => {
    if (id !== EXAMPLES.ActionView.actionId && id !== approval.approvalId) {
      throw new GateProblem('not_found', `There is no ${what} ${JSON.stringify(id)}: check the id.`);
    }
  };

  return {
    calls,
    someoneWaits: () => once(events, 'waits'),
    waitEnded: async () => ((await once(events, 'ended')) as unknown[])[0],
    resolveApproval: () => {
      resolve('approved', 'maria', null);
    },
    async guard(caller, request, key) {
      await record('guard', caller, [request, key]);
      const known = key === undefined ? undefined : byKey.get(key);
      const answer = known ?? decide(request);
      if (key !== undefined) byKey.set(key, answer);
      return { answer, replayed: known !== undefined };
    },
    async action(caller, actionId, wait) {
      await record('action', caller, [actionId, wait.waitSeconds]);
      known(actionId, 'action');
      await waitFor(wait);
      return EXAMPLES.ActionView;
    },
    async actions(caller, options) {
      await record('actions', caller, [options]);
      return { actions: [{ ...EXAMPLES.ActionView }], nextCursor: null };
    },
    async claim(caller, actionId, claimId) {
      await record('claim', caller, [actionId, claimId]);
      known(actionId, 'action');
      if (approval.status === 'pending') {
        throw new GateProblem('not_permitted', 'The action is held: wait for the verdict.', { status: 'held' });
      }
      const permit = { granted: true, claimId, leaseUntil: '2026-02-03T10:06:00.000Z' };
      return { ...EXAMPLES.GuardAnswer, status: 'claimed', permit };
    },
    async report(caller, actionId, report) {
      await record('report', caller, [actionId, report]);
      known(actionId, 'action');
      const view: ActionView = { ...EXAMPLES.ActionView, status: report.status };
      return { ...view, settlement: { ...settled, status: report.status, error: report.error ?? null } };
    },
    async cancel(caller, actionId, reason) {
      await record('cancel', caller, [actionId, reason]);
      known(actionId, 'action');
      const settlement = { ...settled, status: 'cancelled' as const, reason: reason ?? null };
      return { ...EXAMPLES.ActionView, status: 'cancelled', settlement };
    },
    async approval(caller, approvalId, wait) {
      await record('approval', caller, [approvalId, wait.waitSeconds, wait.claimId]);
      known(approvalId, 'approval');
      if (approval.status === 'pending') await waitFor(wait);
      return approval;
    },
    async approvals(caller, options) {
      await record('approvals', caller, [options]);
      return { approvals: [approval], nextCursor: null };
    },
    async approvalGroups(caller, options) {
      await record('approvalGroups', caller, [options]);
      return approvalGroupListSchema.parse(EXAMPLES.ApprovalGroupList);
    },
    async verdict(caller, approvalId, verdict) {
      await record('verdict', caller, [approvalId, verdict]);
      known(approvalId, 'approval');
      if (caller.role === 'agent') throw new GateProblem('forbidden', 'Agents never give verdicts: ask a reviewer.');
      if (verdict.actionDigest !== approval.actionDigest) {
        throw new GateProblem('digest_mismatch', 'The digest is not the one shown: read the approval again.');
      }
      if (approval.status !== 'pending') {
        const { status, resolvedBy } = approval;
        throw new GateProblem('already_resolved', `${resolvedBy} has resolved it: ${status}.`, { status, resolvedBy });
      }
      resolve(verdict.verdict === 'approve' ? 'approved' : 'denied', caller.principal, verdict.comment ?? null);
      return approval;
    },
    async refuseNamed(caller, approvalId, fields) {
      await record('refuseNamed', caller, [approvalId, fields]);
    },
    async verdicts(caller, given) {
      await record('verdicts', caller, [given]);
      return { results: [...EXAMPLES.BulkVerdictAnswer.results] };
    },
    async answer(caller, approvalId, given) {
      await record('answer', caller, [approvalId, given]);
      known(approvalId, 'approval');
      return approval;
    },
    async secondLook(caller, approvalId, { comment = null }) {
      await record('secondLook', caller, [approvalId, comment]);
      known(approvalId, 'approval');
      if (caller.role === 'agent') throw new GateProblem('forbidden', 'An agent cannot look for a person.');
      const secondLook = { by: caller.principal, at: '2026-02-03T11:00:00.000Z', comment };
      return { ...approval, breakGlass: true, secondLook };
    },
    async background(caller, approvalId) {
      await record('background', caller, [approvalId]);
      known(approvalId, 'approval');
      if (caller.role === 'agent') throw new GateProblem('forbidden', 'The background is for reviewers and admins.');
      return EXAMPLES.ApprovalBackground;
    },
    grants: createMemoryGrants(),
    inventory: createMemoryInventory(),
    keys: createMemoryKeys(),
    notices: createMemoryNotices(),
    policy: createMemoryPolicy(),
    policyTools: createMemoryPolicyTools(),
    stops: createMemoryStops(),
    verdictKeys: () => Promise.resolve(EXAMPLES.VerdictKeyList),
    audit: createMemoryAudit(),
    reconciliation: {
      async list(caller) {
        permit(caller, 'audit.read');
        return EXAMPLES.ReconciliationList;
      },
    },
    readiness: () => Promise.resolve({ ready: true, checks: { store: { ok: true, says: 'answers' } } }),
  };
}

function decide(request: ParsedGuardRequest): GuardAnswer {
  const { type, context } = request.action;
  const base = { ...EXAMPLES.GuardAnswer, arguments: context, requestId: request.requestId ?? 'made-for-you' };
  if (type.startsWith('read')) return { ...base, ...ALLOWED };
  return type.startsWith('drop') ? { ...base, ...BLOCKED } : base;
}
