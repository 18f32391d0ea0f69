import type { Operation } from './operation.ts';

/** What checks the signatures of verdicts. */
export const VERDICT_KEY_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/verdict-keys',
    id: 'listVerdictKeys',
    summary: 'The public keys that verdicts were ever signed with, the newest first',
    tag: 'service',
    answer: 'VerdictKeyList',
    problems: ['unavailable'],
    open: true,
  },
];
