import type { ActionView, ClaimRequest, OutcomeReport, Problem } from '@gatehouse/sdk/contract';
import { CLAIM_ID, guardAnswer, guardRequest } from './action-examples.ts';
import { APPROVAL_EXAMPLES } from './approval-examples.ts';
import { AUDIT_EXAMPLES } from './audit-examples.ts';
import { GRANT_EXAMPLES } from './grant-examples.ts';
import { INVENTORY_EXAMPLES } from './inventory-examples.ts';
import { KEY_EXAMPLES } from './key-examples.ts';
import { NOTICE_EXAMPLES } from './notice-examples.ts';
import { POLICY_EXAMPLES } from './policy-examples.ts';
import { POLICY_TOOLS_EXAMPLES } from './policy-tools-examples.ts';
import { VERDICT_KEY_EXAMPLES } from './verdict-key-examples.ts';
import { STOP_EXAMPLES } from './stop-examples.ts';
import { RECONCILIATION_EXAMPLES } from './reconciliation-examples.ts';

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
  ClaimRequest: { claimId: CLAIM_ID } satisfies ClaimRequest,
  OutcomeReport: { claimId: CLAIM_ID, status: 'succeeded', result: { deleted: 1500 } } satisfies OutcomeReport,
  CancelRequest: { reason: 'No longer needed' },
  ...APPROVAL_EXAMPLES,
  ...AUDIT_EXAMPLES,
  ...GRANT_EXAMPLES,
  ...INVENTORY_EXAMPLES,
  ...KEY_EXAMPLES,
  ...NOTICE_EXAMPLES,
  ...POLICY_EXAMPLES,
  ...POLICY_TOOLS_EXAMPLES,
  ...STOP_EXAMPLES,
  ...VERDICT_KEY_EXAMPLES,
  ...RECONCILIATION_EXAMPLES,
  Problem: problem,
  Health: { status: 'ok', version: '0.1.0' },
  Readiness: { ready: true, checks: { store: { ok: true, says: 'answers in 1 ms' } } },
} as const;
