import {
  actionStatusSchema,
  approvalStatusSchema,
  claimRequestSchema,
  idempotencyKeySchema,
  severitySchema,
} from '@gatehouse/sdk/contract';
import type { Request } from 'express';
import { z } from 'zod';
import { GateProblem } from '../decide/problem.ts';
import type { ApprovalGroupOptions, ApprovalListOptions, ListOptions } from './gateway.ts';
import { invalid, validate } from './validate.ts';

const printable = /^[\x20-\x7e]*$/;
const token = z.string().min(1).max(500).regex(printable, 'printable ASCII characters');

/** The longest that a long poll waits, in seconds. docs/keys.md promises it. */
export const MOST_WAIT_SECONDS = 30;

/** The parameters as they are documented: numbers as numbers. */
export const waitSchema = z
  .number()
  .min(0)
  .max(MOST_WAIT_SECONDS)
  .default(0)
  .meta({ description: 'Seconds to wait for a change' });
export const limitSchema = z.int().min(1).max(200).default(50).meta({ description: 'How many to answer at most' });
export const agentSchema = token.meta({ description: 'Only those of this agent' });
export const cursorSchema = token.meta({ description: 'The nextCursor of the answer before' });
export const claimSchema = z
  .union([z.literal('false'), claimRequestSchema.shape.claimId])
  .meta({ description: 'Your id for this attempt to run, should the answer be approved; false: only look' });
export const questionsSchema = z
  .int()
  .min(0)
  .max(10_000)
  .meta({ description: 'Ends the wait as soon as reviewers have put more questions to the agent than so many' });
export const mineSchema = z
  .literal('true')
  .meta({ description: 'Only open questions in which you have a say now; a page may hold fewer than limit' });
export const secondLookSchema = z
  .literal('missing')
  .meta({ description: 'Only break-glass approvals that nobody else has looked at yet' });
export const orderSchema = z
  .enum(['newest', 'oldest', 'riskiest'])
  .meta({ description: 'newest where it is left out; of the same risk the newest come first' });
export const groupSchema = token.meta({
  description: 'Only the open ones that are alike: the key of a group of /api/v1/approvals/groups',
});
export const keySchema = idempotencyKeySchema
  .regex(printable, 'printable ASCII characters')
  .meta({ description: 'Makes repeats of this call the same action' });

/** A number in a query string: plain decimal digits, and none of JavaScript's other spellings. */
export function numeric(schema: z.ZodType<number, number>) {
  return z
    .string()
    .regex(/^\d{1,9}(\.\d{1,9})?$/, 'a number in decimal digits')
    .transform(Number)
    .pipe(schema);
}

const waitQuery = z.strictObject({ wait: numeric(waitSchema.unwrap()).default(0) });
const approvalQuery = waitQuery.extend({
  claim: claimSchema.optional(),
  questions: numeric(questionsSchema).optional(),
});
const listFields = {
  agent: agentSchema.optional(),
  limit: numeric(limitSchema.unwrap()).default(50),
  cursor: cursorSchema.optional(),
};
const actionsQuery = z.strictObject({ status: actionStatusSchema.optional(), ...listFields });
const groupsQuery = z.strictObject({
  ...listFields,
  mine: mineSchema.optional(),
  severity: severitySchema.optional(),
  order: orderSchema.optional(),
});
const approvalsQuery = groupsQuery
  .extend({
    status: approvalStatusSchema.optional(),
    secondLook: secondLookSchema.optional(),
    group: groupSchema.optional(),
  })
  .refine(({ group, status = 'pending' }) => group === undefined || status === 'pending', {
    path: ['status'],
    error: 'a group has open questions alone: pending, or left out',
  });

/** `?wait=` of an action, in seconds. */
export function readWait(request: Request): { waitSeconds: number } {
  return { waitSeconds: validate(waitQuery, { ...request.query }, 'query').wait };
}

/** `?wait=&claim=&questions=` of an approval. */
export function readApprovalQuery(request: Request): {
  waitSeconds: number;
  claimId?: string | false;
  questions?: number;
} {
  const { wait, claim, questions } = validate(approvalQuery, { ...request.query }, 'query');
  return {
    waitSeconds: wait,
    ...(claim !== undefined && { claimId: claim === 'false' ? (false as const) : claim }),
    ...(questions !== undefined && { questions }),
  };
}

/** The filters and the page of `GET /api/v1/actions`. */
export function readActionsQuery(request: Request): ListOptions<z.output<typeof actionStatusSchema>> {
  return listOptions(validate(actionsQuery, { ...request.query }, 'query'));
}

/** The filters and the page of `GET /api/v1/approvals`. */
export function readApprovalsQuery(request: Request): ApprovalListOptions {
  const { secondLook, group, ...list } = validate(approvalsQuery, { ...request.query }, 'query');
  return {
    ...listOptions(list),
    ...inboxOptions(list),
    ...(secondLook !== undefined && { secondLook }),
    ...(group !== undefined && { group }),
  };
}

/** The filters and the page of `GET /api/v1/approvals/groups`. */
export function readGroupsQuery(request: Request): ApprovalGroupOptions {
  const list = validate(groupsQuery, { ...request.query }, 'query');
  return { ...listOptions(list), ...inboxOptions(list) };
}

function inboxOptions({ mine, severity, order }: z.output<typeof groupsQuery>): Partial<ApprovalGroupOptions> {
  return {
    ...(mine !== undefined && { mine: true }),
    ...(severity !== undefined && { severity }),
    ...(order !== undefined && { order }),
  };
}

/** The header `Idempotency-Key`, where there is one. */
export function readIdempotencyKey(request: Request): string | undefined {
  const [key, ...more] = request.headersDistinct['idempotency-key'] ?? [];
  if (key === undefined) return undefined;
  if (more.length > 0) {
    throw invalid([{ field: 'Idempotency-Key', problem: 'was sent more than once', fix: 'send one key' }], 'header');
  }
  return validate(z.object({ 'Idempotency-Key': keySchema }), { 'Idempotency-Key': key }, 'header')['Idempotency-Key'];
}

/** The `{id}` of the path. What cannot be an id of ours is not found. */
export function readId(request: Request, what: 'action' | 'approval' | 'grant' | 'key' | 'stop'): string {
  const id = request.params['id'];
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,300}$/.test(id)) {
    throw new GateProblem('not_found', `There is no ${what} of that id: check the id.`);
  }
  return id;
}

interface ListQuery<Status> {
  status?: Status | undefined;
  agent?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

function listOptions<Status>({ status, agent, limit, cursor }: ListQuery<Status>): ListOptions<Status> {
  return {
    limit,
    ...(status !== undefined && { status }),
    ...(agent !== undefined && { agent }),
    ...(cursor !== undefined && { cursor }),
  };
}
