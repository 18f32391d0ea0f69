import { z } from 'zod';
import { limitSchema } from '../parameters.ts';
import type { Operation } from './operation.ts';

/** The operations of the policy. */
export const POLICY_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/policy',
    id: 'getPolicy',
    summary: 'The policy in force, and where it comes from. Reviewers and admins only',
    tag: 'policy',
    answer: 'PolicyState',
    problems: ['forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/policy/versions',
    id: 'listPolicyVersions',
    summary: 'Every policy that was ever in force, and every activation, newest first. Reviewers and admins only',
    tag: 'policy',
    parameters: [{ name: 'limit', in: 'query', schema: limitSchema }],
    answer: 'PolicyVersionList',
    problems: ['invalid_request', 'forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/policy/versions/{digest}',
    id: 'getPolicyVersion',
    summary: 'One policy with its text. Reviewers and admins only',
    tag: 'policy',
    parameters: [
      {
        name: 'digest',
        in: 'path',
        schema: z.string().meta({ description: '`sha256:` and its hex digits, or at least the first 8 of them' }),
      },
    ],
    answer: 'PolicyVersionView',
    problems: ['invalid_request', 'forbidden', 'not_found'],
  },
  {
    method: 'post',
    path: '/api/v1/policy/activations',
    id: 'activatePolicy',
    summary: 'Pin a stored policy, roll back to the one before, or lift the pin. Admins only',
    tag: 'policy',
    body: 'ActivationRequest',
    answer: 'PolicyState',
    problems: ['forbidden', 'not_found', 'loosens_policy'],
  },
];
