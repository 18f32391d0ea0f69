import type {
  AgentAnswerRequest,
  ApprovalView,
  BulkVerdictAnswer,
  BulkVerdictRequest,
  VerdictRequest,
} from '@gatehouse/sdk/contract';
import { DIGEST, guardAnswer, POLICY, TERMS } from './action-examples.ts';

export const approvalView: ApprovalView = {
  approvalId: 'apr_7Yk2mQ_1',
  actionId: 'act_7Yk2mQ',
  workflowId: 'act_7Yk2mQ',
  round: 1,
  status: 'pending',
  requestedAt: '2026-02-03T10:00:00.012Z',
  expiresAt: '2026-02-04T10:00:00.012Z',
  resolvedAt: null,
  resolvedBy: null,
  comment: null,
  unsigned: false,
  breakGlass: false,
  secondLook: null,
  agent: 'cleanup-agent',
  session: 'night-run-7',
  type: 'delete_records',
  target: 'production_database',
  arguments: { table: 'users', count: 1500 },
  purpose: 'Remove users inactive for two years',
  edit: null,
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
  terms: TERMS,
  progress: {
    stage: 'owners',
    approvals: 0,
    quorum: 1,
    escalations: 0,
    votes: [],
    delegations: [],
    questions: [
      {
        id: 'q1',
        by: 'maria',
        at: '2026-02-03T10:05:00.000Z',
        question: 'Is there a backup?',
        answer: 'Yes, of last night.',
        answeredAt: '2026-02-03T10:05:04.000Z',
      },
    ],
  },
  differences: [],
  preview: { state: 'ready', says: { rows: 1500 } },
  permit: null,
};

/** Examples of the approvals, by component. */
export const APPROVAL_EXAMPLES = {
  ApprovalView: approvalView,
  ApprovalList: { approvals: [approvalView], nextCursor: null },
  VerdictRequest: {
    verdict: 'approve',
    actionDigest: DIGEST,
    policyDigest: POLICY,
    comment: 'Checked with the owner',
  } satisfies VerdictRequest,
  BulkVerdictRequest: {
    verdict: 'approve',
    approvals: [{ approvalId: 'apr_7Yk2mQ_1', actionDigest: DIGEST, policyDigest: POLICY }],
  } satisfies BulkVerdictRequest,
  BulkVerdictAnswer: {
    results: [{ approvalId: 'apr_7Yk2mQ_1', counted: true, status: 'approved', code: null, says: null }],
  } satisfies BulkVerdictAnswer,
  AgentAnswerRequest: { questionId: 'q1', answer: 'Yes, of last night.' } satisfies AgentAnswerRequest,
} as const;
