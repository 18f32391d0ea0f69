import type { ActionView, ApprovalView, GuardAnswer, Problem, ProblemCode } from '../../src/index.ts';
import { plainTerms, PROBLEMS } from '../../src/contract/index.ts';
import type { Seen } from './gate.ts';

const JUDGED = {
  reason: 'reads are allowed',
  matchedRule: 'allow-reads',
  matchedRules: [{ id: 'allow-reads', effect: 'allow' as const, reason: 'reads are allowed' }],
  riskScore: 12,
  severity: 'low' as const,
  riskFactors: [{ name: 'operation', points: 12, says: 'a read' }],
  classification: {
    operation: 'read' as const,
    targetKind: 'database' as const,
    environment: 'staging' as const,
    destructive: false,
    reversible: true,
    external: false,
    reach: 'one' as const,
    sensitivity: [],
    confidence: 'medium' as const,
    evidence: [],
  },
  policyDigest: 'sha256:policy',
  advice: null,
  shadowRules: [],
  shadowOutcome: null,
  grant: null,
};

const BASE: GuardAnswer = {
  ...JUDGED,
  decision: 'ALLOW',
  approval: null,
  requestId: 'req-1',
  actionId: 'act-1',
  approvalId: null,
  actionDigest: 'sha256:action',
  status: 'claimed',
  mode: 'permit',
  arguments: { table: 'users' },
  permit: null,
  edit: null,
  decidedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
};

/** The claim that a request carries, wherever it carries it. */
export function claimOf(seen: Seen): string {
  const body = (seen.body ?? {}) as { claim?: string; claimId?: string };
  return body.claim ?? body.claimId ?? seen.query.get('claim') ?? '';
}

/** ALLOW with the permit granted to whoever asked. */
export function allowed(seen: Seen, over: Partial<GuardAnswer> = {}): GuardAnswer {
  return { ...BASE, permit: granted(claimOf(seen)), ...over };
}

export function granted(claimId: string): NonNullable<GuardAnswer['permit']> {
  return { granted: true, claimId, leaseUntil: '2026-01-01T00:05:00.000Z' };
}

/** An action that this caller holds no permit of. */
export function standing(status: GuardAnswer['status'], over: Partial<GuardAnswer> = {}): GuardAnswer {
  return { ...BASE, status, permit: { granted: false, claimId: null, leaseUntil: null }, ...over };
}

export function held(over: Partial<GuardAnswer> = {}): GuardAnswer {
  const approval = plainTerms(3600);
  return { ...BASE, decision: 'REQUIRE_APPROVAL', status: 'held', approvalId: 'apr-1', approval, ...over };
}

export function blocked(over: Partial<GuardAnswer> = {}): GuardAnswer {
  return {
    ...BASE,
    decision: 'BLOCK',
    status: 'blocked',
    reason: 'drops are blocked',
    matchedRule: 'no-drops',
    ...over,
  };
}

export function viewOf(answer: GuardAnswer, settlement: ActionView['settlement'] = null): ActionView {
  return {
    ...answer,
    agent: 'agent-1',
    type: 'delete_records',
    target: 'production_database',
    purpose: null,
    requestedAt: '2026-01-01T00:00:00.000Z',
    settlement,
    workflowId: answer.actionId,
  };
}

export function settled(
  status: GuardAnswer['status'],
  over: Partial<NonNullable<ActionView['settlement']>> = {},
): ActionView {
  return viewOf(standing(status), {
    status,
    reason: null,
    error: null,
    settledAt: '2026-01-01T00:01:00.000Z',
    ...over,
  });
}

export function approval(status: ApprovalView['status'], over: Partial<ApprovalView> = {}): ApprovalView {
  return {
    ...JUDGED,
    approvalId: 'apr-1',
    actionId: 'act-1',
    workflowId: 'act-1',
    round: 1,
    status,
    requestedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2026-01-01T01:00:00.000Z',
    resolvedAt: status === 'pending' ? null : '2026-01-01T00:01:00.000Z',
    resolvedBy: status === 'pending' ? null : 'rita',
    comment: null,
    unsigned: false,
    breakGlass: false,
    secondLook: null,
    agent: 'agent-1',
    behind: { team: null, owner: null, environment: null, chain: [] },
    session: null,
    type: 'delete_records',
    target: 'production_database',
    arguments: { table: 'users' },
    purpose: null,
    edit: null,
    actionDigest: 'sha256:action',
    terms: plainTerms(3600),
    progress: { stage: 'review', approvals: 0, quorum: 1, escalations: 0, votes: [], delegations: [], questions: [] },
    differences: [],
    preview: null,
    permit: null,
    ...over,
  };
}

/** An error answer as the gate makes it. */
export function problem(code: ProblemCode, detail = 'because of the test'): { status: number; json: Problem } {
  const { status, title } = PROBLEMS[code];
  return { status, json: { type: `https://gatehouse.dev/problems/${code}`, title, status, detail, code } };
}
