import type {
  ActionView,
  ApprovalView,
  ClaimRequest,
  GuardAnswer,
  GuardRequest,
  OutcomeReport,
  Problem,
  VerdictRequest,
} from '@gatehouse/sdk/contract';
import { INVENTORY_EXAMPLES } from './inventory-examples.ts';
import { POLICY_EXAMPLES } from './policy-examples.ts';
import { POLICY_TOOLS_EXAMPLES } from './policy-tools-examples.ts';

const CLAIM_ID = '0192f7a4-6c1e-4d6b-9a53-2f0c7e1b8d10';
const DIGEST = 'sha256:3f1c0d7e9a52b8467c0f1e2d3a4b5c6d7e8f90112233445566778899aabbccdd';
const POLICY = 'sha256:90ab12cd34ef56ab78cd90ef12ab34cd56ef78ab90cd12ef34ab56cd78ef90ab';

const guardRequest: GuardRequest = {
  action: { type: 'delete_records', target: 'production_database', context: { table: 'users', count: 1500 } },
  requestId: 'cleanup-2026-02',
  claim: CLAIM_ID,
  purpose: 'Remove users inactive for two years',
};

const guardAnswer: GuardAnswer = {
  decision: 'REQUIRE_APPROVAL',
  reason: 'Deleting records in production needs a person',
  advice: 'Split it into batches of at most 100, or wait for the approval',
  requestId: 'cleanup-2026-02',
  actionId: 'act_7Yk2mQ',
  approvalId: 'apr_7Yk2mQ',
  actionDigest: DIGEST,
  matchedRule: 'production-deletes',
  matchedRules: [
    { id: 'production-deletes', effect: 'require_approval', reason: 'Deleting records in production needs a person' },
  ],
  shadowRules: [],
  shadowOutcome: null,
  riskScore: 72,
  severity: 'high',
  riskFactors: [{ name: 'operation', points: 40, says: 'it deletes' }],
  classification: {
    operation: 'delete',
    targetKind: 'database',
    environment: 'production',
    destructive: true,
    reversible: false,
    external: false,
    reach: 'many',
    sensitivity: ['production'],
    confidence: 'medium',
    evidence: [{ part: 'type', says: 'it has the word "delete"' }],
  },
  policyDigest: POLICY,
  approval: { expiresInSeconds: 86_400 },
  status: 'held',
  mode: 'permit',
  arguments: { table: 'users', count: 1500 },
  permit: null,
  decidedAt: '2026-02-03T10:00:00.012Z',
  expiresAt: '2026-02-04T10:00:00.012Z',
};

const actionView: ActionView = {
  ...guardAnswer,
  agent: 'cleanup-agent',
  type: 'delete_records',
  target: 'production_database',
  purpose: 'Remove users inactive for two years',
  requestedAt: '2026-02-03T10:00:00.000Z',
  settlement: null,
  workflowId: 'act_7Yk2mQ',
  timeline: [
    { seq: 1, at: '2026-02-03T10:00:00.012Z', kind: 'decided', actor: 'gate', data: { outcome: 'REQUIRE_APPROVAL' } },
  ],
};

const approvalView: ApprovalView = {
  approvalId: 'apr_7Yk2mQ',
  actionId: 'act_7Yk2mQ',
  workflowId: 'act_7Yk2mQ',
  status: 'pending',
  requestedAt: '2026-02-03T10:00:00.012Z',
  expiresAt: '2026-02-04T10:00:00.012Z',
  resolvedAt: null,
  resolvedBy: null,
  comment: null,
  unsigned: false,
  agent: 'cleanup-agent',
  type: 'delete_records',
  target: 'production_database',
  arguments: { table: 'users', count: 1500 },
  purpose: 'Remove users inactive for two years',
  actionDigest: DIGEST,
  policyDigest: POLICY,
  reason: guardAnswer.reason,
  matchedRule: guardAnswer.matchedRule,
  matchedRules: guardAnswer.matchedRules,
  shadowRules: guardAnswer.shadowRules,
  shadowOutcome: guardAnswer.shadowOutcome,
  riskScore: guardAnswer.riskScore,
  severity: guardAnswer.severity,
  riskFactors: guardAnswer.riskFactors,
  classification: guardAnswer.classification,
  permit: null,
};

const problem: Problem = {
  type: '/problems/invalid_request',
  title: 'The request is malformed',
  status: 400,
  detail: 'Field /action/type is missing: send a string.',
  code: 'invalid_request',
  instance: 'urn:gatehouse:request:0c6f5d1e-6d5e-4f7c-8f0e-8a7a1f6f2b11',
  errors: [{ field: '/action/type', problem: 'is missing', fix: 'send a string' }],
};

/** One example a component, by its name; each holds against its schema. */
export const EXAMPLES = {
  GuardRequest: guardRequest,
  GuardAnswer: guardAnswer,
  ActionView: actionView,
  ActionList: { actions: [{ ...actionView, timeline: undefined }], nextCursor: null },
  ApprovalView: approvalView,
  ApprovalList: { approvals: [approvalView], nextCursor: null },
  ClaimRequest: { claimId: CLAIM_ID } satisfies ClaimRequest,
  OutcomeReport: { claimId: CLAIM_ID, status: 'succeeded', result: { deleted: 1500 } } satisfies OutcomeReport,
  CancelRequest: { reason: 'No longer needed' },
  VerdictRequest: {
    verdict: 'approve',
    actionDigest: DIGEST,
    comment: 'Checked with the owner',
  } satisfies VerdictRequest,
  ...INVENTORY_EXAMPLES,
  ...POLICY_EXAMPLES,
  ...POLICY_TOOLS_EXAMPLES,
  Problem: problem,
  Health: { status: 'ok', version: '0.1.0' },
  Readiness: { ready: true, checks: { store: { ok: true, says: 'answers in 1 ms' } } },
} as const;
