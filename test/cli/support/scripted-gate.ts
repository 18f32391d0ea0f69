import type {
  ActionStatus,
  ActionView,
  ApprovalBackground,
  ApprovalView,
  GuardAnswer,
  ParsedGuardRequest,
  VerdictRequest,
} from '@gatehouse/sdk/contract';
import { approvalGroupListSchema } from '@gatehouse/sdk/contract';
import { EventEmitter, once } from 'node:events';
import type { Gateway, WaitOptions } from '../../../src/api/gateway.ts';
import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import { digestAction } from '../../../src/decide/digest.ts';
import { GateProblem } from '../../../src/decide/problem.ts';
import type { RunningApp } from '../../api/support/running-app.ts';
import { createMemoryGrants } from '../../api/support/memory-grants.ts';
import { runApp } from '../../api/support/running-app.ts';

export const ACTION_ID = EXAMPLES.ActionView.actionId;
export const APPROVAL_ID = EXAMPLES.ApprovalView.approvalId;

/** A real API over one action in memory: `read…` is allowed, `drop…` blocked, everything else held. */
export interface ScriptedGate {
  app: RunningApp;
  url: string;
  action: ActionView;
  approval: ApprovalView;
  /** What was asked for, in order. */
  requests: { request: ParsedGuardRequest; key: string | undefined }[];
  reports: unknown[];
  /** The verdicts that were given, one by one, in order. */
  verdicts: VerdictRequest[];
  background: ApprovalBackground;
  /** Puts other facts into the held action, with the digest that belongs to them. */
  hold(facts: Partial<Pick<ApprovalView, 'type' | 'target' | 'agent' | 'purpose' | 'reason' | 'arguments'>>): void;
  /** Moves the action on; whoever waits hears of it. */
  become(status: ActionStatus, more?: Partial<ActionView>): void;
  /** Resolves the approval as somebody else. */
  resolve(status: ApprovalView['status'], by: string, comment?: string): void;
  /** Fulfilled once a call waits for people. */
  someoneWaits(): Promise<unknown>;
  close(): Promise<void>;
}

export async function startGate(): Promise<ScriptedGate> {
  const events = new EventEmitter();
  const gate = { action: { ...EXAMPLES.ActionView }, approval: { ...EXAMPLES.ApprovalView } } as ScriptedGate;
  Object.assign(gate, {
    requests: [],
    reports: [],
    verdicts: [],
    background: EXAMPLES.ApprovalBackground,
    hold(facts: Partial<ApprovalView>) {
      const approval = { ...gate.approval, ...facts };
      const { type, target, agent, arguments: args } = approval;
      approval.actionDigest = digestAction({ type, target, agent, arguments: args });
      gate.approval = approval;
      const { purpose, reason, actionDigest } = approval;
      gate.action = { ...gate.action, type, target, agent, arguments: args, purpose, reason, actionDigest };
    },
    become(status: ActionStatus, more: Partial<ActionView> = {}) {
      const timeline = gate.action.timeline ?? [];
      const entry = { seq: timeline.length + 1, at: '2026-02-03T10:02:00.000Z', kind: status, actor: 'gate', data: {} };
      gate.action = { ...gate.action, status, ...more, timeline: [...timeline, entry] };
      events.emit('changed');
    },
    resolve(status: ApprovalView['status'], by: string, comment: string | null = null) {
      gate.approval = { ...gate.approval, status, resolvedBy: by, comment, resolvedAt: '2026-02-03T10:01:00.000Z' };
      if (status === 'approved') gate.become('permitted');
      else {
        const ended = status === 'denied' ? 'rejected' : (status as ActionStatus);
        gate.become(ended, settled(ended, comment));
      }
    },
    someoneWaits: () => once(events, 'waits'),
  });
  gate.hold({});
  gate.app = await runApp(gatewayOver(gate, events));
  gate.url = gate.app.server.url;
  gate.close = () => gate.app.server.close();
  return gate;
}

function gatewayOver(gate: ScriptedGate, events: EventEmitter): Partial<Gateway> {
  const wait = async ({ waitSeconds, signal }: WaitOptions): Promise<void> => {
    if (waitSeconds === 0) return;
    const changed = Promise.race([once(events, 'changed'), once(signal, 'abort')]);
    events.emit('waits');
    await changed;
  };
  const known = (id: string, own: string): void => {
    if (id !== own) throw new GateProblem('not_found', `There is no ${id} that this key can see.`);
  };
  const answer = (claimId: string | false | undefined): GuardAnswer => {
    const granted = typeof claimId === 'string' && gate.action.status === 'permitted';
    if (granted) gate.action = { ...gate.action, status: 'claimed' };
    const view = { ...gate.action };
    delete view.timeline;
    return granted ? { ...view, permit: { granted, claimId, leaseUntil: '2026-02-03T10:10:00.000Z' } } : view;
  };
  return {
    async guard(_caller, request, key) {
      gate.requests.push({ request, key });
      const { type, target, context } = request.action;
      if (gate.requests.length === 1) {
        gate.hold({ type, target, arguments: context });
        const facts = { mode: request.mode, purpose: request.purpose ?? null };
        if (type.startsWith('read')) gate.become('permitted', { ...facts, decision: 'ALLOW', approvalId: null });
        else if (type.startsWith('drop')) gate.become('blocked', { ...facts, decision: 'BLOCK', approvalId: null });
        else gate.become('held', facts);
      }
      return { answer: answer(request.claim), replayed: gate.requests.length > 1 };
    },
    async action(_caller, id, options) {
      known(id, gate.action.actionId);
      await wait(options);
      return gate.action;
    },
    async actions() {
      return { actions: [gate.action], nextCursor: 'more' };
    },
    async claim(_caller, _id, claimId) {
      return answer(claimId);
    },
    async report(_caller, _id, report) {
      gate.reports.push(report);
      gate.become(report.status, settled(report.status, null, report.error ?? null));
      return gate.action;
    },
    async cancel(caller, id, reason) {
      known(id, gate.action.actionId);
      if (caller.role === 'reviewer') throw new GateProblem('forbidden', 'A reviewer rejects.');
      gate.become('cancelled', settled('cancelled', reason ?? null));
      return gate.action;
    },
    async approval(_caller, id, options) {
      known(id, gate.approval.approvalId);
      if (gate.approval.status === 'pending') await wait(options);
      const { permit } = answer(options.claimId);
      return { ...gate.approval, permit };
    },
    async approvalGroups() {
      return approvalGroupListSchema.parse(EXAMPLES.ApprovalGroupList);
    },
    async approvals() {
      return { approvals: [gate.approval], nextCursor: null };
    },
    async background(_caller, id) {
      known(id, gate.approval.approvalId);
      return gate.background;
    },
    async answer(_caller, id, { questionId, answer: says }) {
      known(id, gate.approval.approvalId);
      const questions = gate.approval.progress.questions.map((one) =>
        one.id === questionId ? { ...one, answer: says, answeredAt: '2026-02-03T10:05:30.000Z' } : one,
      );
      gate.approval = { ...gate.approval, progress: { ...gate.approval.progress, questions } };
      return gate.approval;
    },
    async secondLook(caller, id, { comment = null }) {
      known(id, gate.approval.approvalId);
      const secondLook = { by: caller.principal, at: '2026-02-03T11:00:00.000Z', comment };
      gate.approval = { ...gate.approval, secondLook };
      return gate.approval;
    },
    async verdicts(_caller, { verdict, approvals }) {
      const results = approvals.map(({ approvalId, actionDigest, policyDigest }) => {
        gate.verdicts.push({ verdict, actionDigest, policyDigest });
        const counted = approvalId === gate.approval.approvalId;
        return counted
          ? { approvalId, counted, status: 'approved' as const, code: null, says: null }
          : { approvalId, counted, status: null, code: 'not_found', says: 'There is no such approval.' };
      });
      return { results };
    },
    grants: createMemoryGrants(),
    async verdict(caller, id, given) {
      const { verdict, actionDigest, comment } = given;
      known(id, gate.approval.approvalId);
      gate.verdicts.push(given);
      if (!['approve', 'reject', 'override'].includes(verdict)) return gate.approval;
      const { status, resolvedBy, resolvedAt } = gate.approval;
      const wanted = verdict === 'reject' ? 'denied' : 'approved';
      if (status === wanted && resolvedBy === caller.principal) return gate.approval;
      if (status !== 'pending') {
        const says = `The approval is ${status}, by ${resolvedBy}, at ${resolvedAt}.`;
        throw new GateProblem('already_resolved', says, { status, resolvedBy, resolvedAt });
      }
      if (actionDigest !== gate.approval.actionDigest)
        throw new GateProblem('digest_mismatch', 'It is another digest.');
      gate.resolve(wanted, caller.principal, comment);
      return gate.approval;
    },
  };
}

function settled(status: string, reason: string | null, error: string | null = null): Partial<ActionView> {
  const settledAt = '2026-02-03T10:03:00.000Z';
  return { settlement: { status: status as ActionStatus, reason, error, settledAt } };
}
