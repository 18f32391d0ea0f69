import type { ProblemCode } from '@gatehouse/sdk/contract';
import { PROBLEMS } from '@gatehouse/sdk/contract';
import type { z } from 'zod';
import type { ComponentName, JsonSchema } from './components.ts';
import { inlineSchema } from './components.ts';

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  schema: z.ZodType;
}

/** One method of one path, as far as the document needs to be told. */
export interface Operation {
  method: 'get' | 'post' | 'delete';
  path: string;
  id: string;
  summary: string;
  tag: 'actions' | 'approvals' | 'audit' | 'grants' | 'inventory' | 'keys' | 'notices' | 'policy' | 'service' | 'stops';
  parameters?: readonly Parameter[];
  body?: ComponentName;
  bodyOptional?: boolean;
  answer: ComponentName | JsonSchema;
  /** Where it is not one JSON value. */
  answerType?: string;
  answerHeaders?: Readonly<Record<string, string>>;
  /** A second answer of the same form with another status. */
  also?: { status: number; description: string };
  problems: readonly ProblemCode[];
  open?: boolean;
}

/** Any operation that needs a key can end in these. */
const WITH_KEY: readonly ProblemCode[] = ['unauthenticated', 'rate_limited', 'internal', 'unavailable'];
const WITH_BODY: readonly ProblemCode[] = [
  'invalid_request',
  'invalid_json',
  'payload_too_large',
  'unsupported_media_type',
];

/** The operation object of the document. */
export function operationObject(operation: Operation): Record<string, unknown> {
  const { id, summary, tag, parameters = [], body, bodyOptional = false, open = false } = operation;
  return {
    operationId: id,
    summary,
    tags: [tag],
    ...(open ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters: parameters.map(parameterObject) } : {}),
    ...(body ? { requestBody: { required: !bodyOptional, content: jsonContent(body) } } : {}),
    responses: { ...answers(operation), ...problemAnswers(operation) },
  };
}

function answers({ answer, answerType, answerHeaders = {}, also, summary }: Operation): Record<string, unknown> {
  const content = jsonContent(answer, answerType);
  const headers: Record<string, unknown> = {};
  for (const [name, description] of Object.entries(answerHeaders)) {
    headers[name] = { description, schema: { type: 'string' } };
  }
  const ok = { description: summary, content, ...(Object.keys(headers).length > 0 ? { headers } : {}) };
  return { 200: ok, ...(also ? { [also.status]: { description: also.description, content } } : {}) };
}

function problemAnswers({ problems, body, open = false }: Operation): Record<string, unknown> {
  const codes = new Set([...problems, ...(body ? WITH_BODY : []), ...(open ? [] : WITH_KEY)]);
  const statuses = new Set([...codes].map((code) => PROBLEMS[code].status));
  const withStatus = (status: number): ProblemCode[] => [...codes].filter((code) => PROBLEMS[code].status === status);
  return Object.fromEntries([...statuses].map((status) => [status, problemAnswer(status, withStatus(status))]));
}

function problemAnswer(status: number, codes: readonly ProblemCode[]): Record<string, unknown> {
  const headers = {
    ...(status === 503 ? { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } } : {}),
    ...(status === 401 ? { 'WWW-Authenticate': { description: 'Bearer', schema: { type: 'string' } } } : {}),
  };
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('. '),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function parameterObject({ name, in: place, schema }: Parameter): Record<string, unknown> {
  const { description, ...shape } = inlineSchema(schema);
  return { name, in: place, required: place === 'path', ...(description ? { description } : {}), schema: shape };
}

function jsonContent(body: ComponentName | JsonSchema, type = 'application/json'): Record<string, unknown> {
  const schema = typeof body === 'string' ? { $ref: `#/components/schemas/${body}` } : body;
  return { [type]: { schema } };
}
