import { approvalStatusSchema, severitySchema } from '@gatehouse/sdk/contract';
import { claimSchema, mineSchema, orderSchema, questionsSchema, secondLookSchema } from '../parameters.ts';
import { id, page, wait } from './common-parameters.ts';
import type { Operation } from './operation.ts';

/** What people are asked, what they say, and what agents answer. */
export const APPROVAL_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/approvals',
    id: 'listApprovals',
    summary: 'The questions put to people, newest first; an agent sees its own',
    tag: 'approvals',
    parameters: [
      { name: 'status', in: 'query', schema: approvalStatusSchema },
      { name: 'severity', in: 'query', schema: severitySchema },
      { name: 'mine', in: 'query', schema: mineSchema },
      { name: 'secondLook', in: 'query', schema: secondLookSchema },
      { name: 'order', in: 'query', schema: orderSchema },
      ...page,
    ],
    answer: 'ApprovalList',
    problems: ['invalid_request', 'forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/approvals/{id}',
    id: 'getApproval',
    summary: 'One approval, after waiting while it is pending where asked to',
    tag: 'approvals',
    parameters: [
      id,
      wait,
      { name: 'claim', in: 'query', schema: claimSchema },
      { name: 'questions', in: 'query', schema: questionsSchema },
    ],
    answer: 'ApprovalView',
    problems: ['invalid_request', 'not_found', 'policy_changed', 'not_permitted', 'already_settled'],
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/verdict',
    id: 'giveVerdict',
    summary: 'Say something to a question, bound to the digests of what was read. Reviewers and admins only',
    tag: 'approvals',
    parameters: [id],
    body: 'VerdictRequest',
    answer: 'ApprovalView',
    problems: [
      'forbidden',
      'self_review',
      'not_a_reviewer',
      'not_found',
      'already_resolved',
      'already_voted',
      'nothing_to_withdraw',
      'digest_mismatch',
      'comment_required',
      'edit_refused',
      'grant_refused',
    ],
  },
  {
    method: 'post',
    path: '/api/v1/approvals/verdicts',
    id: 'giveVerdicts',
    summary: 'Approve or reject exactly the listed approvals at the listed digests, each on its own',
    tag: 'approvals',
    body: 'BulkVerdictRequest',
    answer: 'BulkVerdictAnswer',
    problems: ['forbidden'],
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/answers',
    id: 'answerQuestion',
    summary: 'Answer what a reviewer asked. Only the agent that asked for the action',
    tag: 'approvals',
    parameters: [id],
    body: 'AgentAnswerRequest',
    answer: 'ApprovalView',
    problems: ['forbidden', 'not_found', 'already_resolved'],
  },
];
