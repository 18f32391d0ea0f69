import type { ProblemCode } from '@gatehouse/sdk/contract';
import { actionStatusSchema, PROBLEMS } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { keySchema } from '../parameters.ts';
import { APPROVAL_OPERATIONS } from './approval-operations.ts';
import { AUDIT_OPERATIONS } from './audit-operations.ts';
import { id, page, wait } from './common-parameters.ts';
import { GRANT_OPERATIONS } from './grant-operations.ts';
import { INVENTORY_OPERATIONS } from './inventory-operations.ts';
import { KEY_OPERATIONS } from './key-operations.ts';
import { NOTICE_OPERATIONS } from './notice-operations.ts';
import type { Operation } from './operation.ts';
import { POLICY_OPERATIONS } from './policy-operations.ts';
import { POLICY_TOOLS_OPERATIONS } from './policy-tools-operations.ts';
import { VERDICT_KEY_OPERATIONS } from './verdict-key-operations.ts';
import { STOP_OPERATIONS } from './stop-operations.ts';
import { RECONCILIATION_OPERATIONS } from './reconciliation-operations.ts';

/** Every operation of the API. A test holds this list against the routes. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/v1/guard',
    id: 'guard',
    summary: 'May this action run? The decision, and the permit where it is allowed',
    tag: 'actions',
    parameters: [{ name: 'Idempotency-Key', in: 'header', schema: keySchema }],
    body: 'GuardRequest',
    answer: 'GuardAnswer',
    answerHeaders: { 'Idempotent-Replayed': '`true` when an earlier call with the key was answered before' },
    problems: [
      'forbidden',
      'key_reused',
      'no_executor',
      'invalid_arguments',
      'policy_changed',
      'already_settled',
      'too_many_pending',
      'overloaded',
    ],
  },
  {
    method: 'get',
    path: '/api/v1/actions',
    id: 'listActions',
    summary: 'The actions, newest first; an agent sees its own',
    tag: 'actions',
    parameters: [{ name: 'status', in: 'query', schema: actionStatusSchema }, ...page],
    answer: 'ActionList',
    problems: ['invalid_request', 'forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/actions/{id}',
    id: 'getAction',
    summary: 'One action with its timeline, after waiting for a change where asked to',
    tag: 'actions',
    parameters: [id, wait],
    answer: 'ActionView',
    problems: ['invalid_request', 'forbidden', 'not_found'],
  },
  {
    method: 'post',
    path: '/api/v1/actions/{id}/claim',
    id: 'claimAction',
    summary: 'Claim the permit of an allowed action, to run it once',
    tag: 'actions',
    parameters: [id],
    body: 'ClaimRequest',
    answer: 'GuardAnswer',
    problems: [
      'forbidden',
      'not_found',
      'already_claimed',
      'already_settled',
      'not_permitted',
      'policy_changed',
      'stopped',
    ],
  },
  {
    method: 'post',
    path: '/api/v1/actions/{id}/outcome',
    id: 'reportOutcome',
    summary: 'Report how the action ended',
    tag: 'actions',
    parameters: [id],
    body: 'OutcomeReport',
    answer: 'ActionView',
    problems: ['forbidden', 'not_found', 'wrong_claim', 'already_settled'],
  },
  {
    method: 'post',
    path: '/api/v1/actions/{id}/cancel',
    id: 'cancelAction',
    summary: 'Withdraw an action that has not run',
    tag: 'actions',
    parameters: [id],
    body: 'CancelRequest',
    bodyOptional: true,
    answer: 'ActionView',
    problems: ['forbidden', 'not_found', 'already_settled'],
  },
  ...APPROVAL_OPERATIONS,
  ...AUDIT_OPERATIONS,
  ...GRANT_OPERATIONS,
  ...INVENTORY_OPERATIONS,
  ...KEY_OPERATIONS,
  ...NOTICE_OPERATIONS,
  ...POLICY_OPERATIONS,
  ...POLICY_TOOLS_OPERATIONS,
  ...VERDICT_KEY_OPERATIONS,
  ...STOP_OPERATIONS,
  ...RECONCILIATION_OPERATIONS,
  {
    method: 'get',
    path: '/healthz',
    id: 'health',
    summary: 'The process serves',
    tag: 'service',
    answer: 'Health',
    problems: [],
    open: true,
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'readiness',
    summary: 'The gate can decide, dependency by dependency',
    tag: 'service',
    answer: 'Readiness',
    also: { status: 503, description: 'It cannot decide now; `checks` tells why' },
    problems: [],
    open: true,
  },
  {
    method: 'get',
    path: '/openapi.json',
    id: 'describe',
    summary: 'This document',
    tag: 'service',
    answer: { type: 'object' },
    problems: [],
    open: true,
  },
  {
    method: 'get',
    path: '/problems/{code}',
    id: 'explainProblem',
    summary: 'What a problem means and what to do about it; plain text where JSON is not asked for',
    tag: 'service',
    parameters: [
      { name: 'code', in: 'path', schema: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]) },
    ],
    answer: 'ProblemExplanation',
    problems: ['not_found'],
    open: true,
  },
];
