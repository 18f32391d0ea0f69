import { z } from 'zod';
import { liveSchema } from '../grants.ts';
import { id, page } from './common-parameters.ts';
import type { Operation, Parameter } from './operation.ts';

const grantId: Parameter = {
  name: 'id',
  in: 'path',
  schema: z.string().meta({ description: 'The id of the permission' }),
};

/** What is looked at around an approval, and the standing permissions that came with some. */
export const GRANT_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/approvals/{id}/background',
    id: 'getBackground',
    summary: 'What the session did before, and what people said to questions like this. Reviewers and admins only',
    tag: 'approvals',
    parameters: [id],
    answer: 'ApprovalBackground',
    problems: ['forbidden', 'not_found'],
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/second-look',
    id: 'lookAgain',
    summary: 'Say that you have looked at a break-glass approval, which somebody else gave. Reviewers and admins only',
    tag: 'approvals',
    parameters: [id],
    body: 'SecondLookRequest',
    bodyOptional: true,
    answer: 'ApprovalView',
    problems: ['forbidden', 'self_review', 'not_a_reviewer', 'not_found', 'already_resolved'],
  },
  {
    method: 'get',
    path: '/api/v1/grants',
    id: 'listGrants',
    summary: 'The standing permissions, newest first. Reviewers and admins only',
    tag: 'grants',
    parameters: [{ name: 'live', in: 'query', schema: liveSchema }, ...page],
    answer: 'GrantList',
    problems: ['invalid_request', 'forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/grants/{id}',
    id: 'getGrant',
    summary: 'One standing permission, with what happened to it. Reviewers and admins only',
    tag: 'grants',
    parameters: [grantId],
    answer: 'GrantView',
    problems: ['forbidden', 'not_found'],
  },
  {
    method: 'post',
    path: '/api/v1/grants/{id}/revoke',
    id: 'revokeGrant',
    summary: 'Take a standing permission back; what it permitted until then stands. Reviewers and admins only',
    tag: 'grants',
    parameters: [grantId],
    body: 'RevokeGrantRequest',
    answer: 'GrantView',
    problems: ['forbidden', 'not_found', 'already_resolved'],
  },
];
