import { afterSchema, FILTER_SCHEMAS } from '../audit.ts';
import { cursorSchema, limitSchema } from '../parameters.ts';
import type { Operation, Parameter } from './operation.ts';

const filter: readonly Parameter[] = Object.entries(FILTER_SCHEMAS).map(([name, schema]) => ({
  name,
  in: 'query',
  schema,
}));
const page: readonly Parameter[] = [
  { name: 'limit', in: 'query', schema: limitSchema },
  { name: 'cursor', in: 'query', schema: cursorSchema },
];

/** The record: for owners, admins and auditors. */
export const AUDIT_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/audit/events',
    id: 'searchRecord',
    summary: 'Entries of the record that fit, the newest first. Owners, admins and auditors only',
    tag: 'audit',
    parameters: [...filter, ...page],
    answer: 'AuditEntryList',
    problems: ['invalid_request', 'forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/audit/export',
    id: 'exportRecord',
    summary:
      'A copy of the entries that fit, one JSON object a line, in the order of the chain; that is itself on record',
    tag: 'audit',
    parameters: [...filter, { name: 'after', in: 'query', schema: afterSchema }],
    answer: 'AuditEntry',
    answerType: 'application/x-ndjson',
    problems: ['invalid_request', 'forbidden'],
  },
  {
    method: 'get',
    path: '/api/v1/audit/checkpoints',
    id: 'listCheckpoints',
    summary: 'The signed heads of the record, newest first, with the keys that sign them',
    tag: 'audit',
    parameters: page,
    answer: 'CheckpointList',
    problems: ['invalid_request', 'forbidden'],
  },
];
