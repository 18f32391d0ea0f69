import { z } from 'zod';
import { daysSchema, leastSchema } from '../policy-tools.ts';
import type { Operation } from './operation.ts';

/** The operations of the policy tools. */
export const POLICY_TOOLS_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/v1/policy/explain',
    id: 'explainRequest',
    summary:
      'Why an action would get its outcome, and the smallest changes that would alter it. Puts nothing on record',
    tag: 'policy',
    body: 'ExplainRequest',
    answer: 'Explanation',
    problems: ['forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/actions/{id}/explanation',
    id: 'explainAction',
    summary: 'Why an action on record got its outcome, by the policy that decided; an agent sees its own',
    tag: 'policy',
    parameters: [
      { name: 'id', in: 'path', schema: z.string().meta({ description: 'The id that the guard answered' }) },
    ],
    answer: 'Explanation',
    problems: ['not_found'],
  },
  {
    method: 'post',
    path: '/api/v1/policy/simulate',
    id: 'simulatePolicy',
    summary: 'What a candidate policy would have made of the actions on record. Reviewers and admins only',
    tag: 'policy',
    body: 'SimulateRequest',
    answer: 'SimulationReport',
    problems: ['forbidden', 'overloaded'],
  },
  {
    method: 'get',
    path: '/api/v1/policy/suggestions',
    id: 'suggestPolicy',
    summary: 'What history suggests for the policy in force. Reviewers and admins only',
    tag: 'policy',
    parameters: [
      { name: 'days', in: 'query', schema: daysSchema },
      { name: 'least', in: 'query', schema: leastSchema },
    ],
    answer: 'Suggestions',
    problems: ['invalid_request', 'forbidden', 'overloaded'],
  },
];
