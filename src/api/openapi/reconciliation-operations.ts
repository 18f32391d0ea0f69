import { limitSchema } from '../parameters.ts';
import type { Operation } from './operation.ts';

/** How the comparisons of Temporal with the record came out. */
export const RECONCILIATION_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/audit/reconciliation',
    id: 'listReconciliations',
    summary: 'The last comparisons of Temporal with the record, newest first. For auditors, admins and owners',
    tag: 'audit',
    parameters: [
      { name: 'limit', in: 'query', schema: limitSchema.unwrap().default(1).meta({ description: 'How many at most' }) },
    ],
    answer: 'ReconciliationList',
    problems: ['invalid_request', 'forbidden'],
  },
];
