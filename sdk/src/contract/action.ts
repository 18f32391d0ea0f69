import { z } from 'zod';
import { judgementSchema } from './decision.ts';
import { noticeDeliverySchema } from './notice.ts';

/** Any JSON value. Numbers are IEEE doubles, as in RFC 8785. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, Json>;

export const jsonObjectSchema = z
  .record(z.string(), z.json())
  .meta({ description: 'The arguments of the action: any JSON object' }) as unknown as z.ZodType<JsonObject>;

/** Where an action stands. All but the first four are final. */
export const actionStatusSchema = z.enum([
  'held', // waits for people
  'scheduled', // approved, and waits for the window in which it may run
  'permitted', // may run, nobody has claimed it
  'claimed', // somebody holds the permit and runs it
  'blocked',
  'rejected',
  'expired', // nobody answered in time: a refusal
  'cancelled',
  'lapsed', // permitted, and nobody came to run it
  'succeeded',
  'failed',
  'unknown', // claimed, and no outcome was reported within the lease
]);
export type ActionStatus = z.infer<typeof actionStatusSchema>;

/** True when nothing more can happen to an action in this status. */
export function isFinal(status: ActionStatus): boolean {
  return !['held', 'scheduled', 'permitted', 'claimed'].includes(status);
}

/** Who runs an allowed action: the agent under a permit, or a worker that holds the credentials. */
export const modeSchema = z.enum(['permit', 'executor']);
export type Mode = z.infer<typeof modeSchema>;

export const claimIdSchema = z.uuid();
export const requestIdSchema = z.string().min(1).max(200);
export const idempotencyKeySchema = z.string().min(1).max(255);

/** What an agent knows of the tool that it wants to call, e.g. from an MCP server's `tools/list`. */
export const toolSchema = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().max(20_000).optional(),
  inputSchema: jsonObjectSchema.optional().meta({ description: 'JSON Schema of its arguments' }),
  annotations: jsonObjectSchema.optional().meta({ description: "The tool's own hints: they raise, and never lower" }),
  server: z.string().min(1).max(200).optional().meta({ description: 'Who offers it, e.g. github' }),
});
export type Tool = z.infer<typeof toolSchema>;

/** Body of `POST /api/v1/guard`. */
export const guardRequestSchema = z.strictObject({
  action: z.strictObject({
    type: z.string().min(1).max(200).meta({ description: 'What is done, e.g. delete_records' }),
    target: z.string().min(1).max(500).meta({ description: 'What it is done to, e.g. production_database' }),
    context: jsonObjectSchema.default({}),
    tool: toolSchema.optional().meta({ description: 'The tool that is called, where the action is a call of one' }),
  }),
  session: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'The conversation or run that the action belongs to; rules may look at its earlier actions' }),
  tags: z.array(z.string().min(1).max(100)).max(20).optional().meta({ description: 'Labels that rules may match' }),
  requestId: requestIdSchema.optional().meta({ description: 'Yours, for correlation; echoed, never interpreted' }),
  mode: modeSchema.default('permit'),
  claim: z
    .union([z.literal(false), claimIdSchema])
    .optional()
    .meta({
      description: 'Your id for this attempt to run, so that a retry of it is the same claim; false: decide only',
    }),
  leaseSeconds: z
    .number()
    .positive()
    .max(86_400)
    .optional()
    .meta({ description: 'How long a claimed permit may take to report its outcome' }),
  purpose: z.string().max(2000).optional().meta({ description: 'Why the agent wants this, for the reviewer' }),
});
export type GuardRequest = z.input<typeof guardRequestSchema>;
export type ParsedGuardRequest = z.output<typeof guardRequestSchema>;

/** A permit as seen by one caller. `granted` is true for the caller whose claim it is, and for no other. */
export const permitSchema = z.object({
  granted: z.boolean(),
  claimId: z.string().nullable(),
  leaseUntil: z.string().nullable(),
});
export type Permit = z.infer<typeof permitSchema>;

/** What a reviewer changed before approving. */
export const editSchema = z.object({
  by: z.string(),
  at: z.string(),
  from: jsonObjectSchema.meta({ description: 'The arguments that the agent asked with' }),
  fromDigest: z.string(),
});
export type Edit = z.infer<typeof editSchema>;

/** Answer of `POST /api/v1/guard`. The same for every repeat of one key, but for `permit`, `status` and `requestId`. */
export const guardAnswerSchema = judgementSchema.omit({ outcome: true }).extend({
  decision: judgementSchema.shape.outcome,
  requestId: z.string(),
  actionId: z.string(),
  approvalId: z.string().nullable(),
  actionDigest: z.string(),
  status: actionStatusSchema,
  mode: modeSchema,
  arguments: jsonObjectSchema.meta({
    description: 'What runs: the agent’s own, or those that a reviewer put in their place',
  }),
  edit: editSchema.nullable().default(null).meta({ description: 'null: the arguments are the agent’s own' }),
  permit: permitSchema.nullable(),
  decidedAt: z.string(),
  expiresAt: z.string().nullable(),
});
export type GuardAnswer = z.infer<typeof guardAnswerSchema>;

/** One entry of an action's timeline. */
export const timelineEntrySchema = z.object({
  seq: z.number(),
  at: z.string(),
  kind: z.string(),
  actor: z.string(),
  data: jsonObjectSchema,
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** How an action ended, as reported by who ran it. */
export const settlementSchema = z.object({
  status: actionStatusSchema,
  reason: z.string().nullable(),
  result: z.json().optional(),
  error: z.string().nullable(),
  settledAt: z.string(),
});
export type Settlement = z.infer<typeof settlementSchema>;

/** Answer of `GET /api/v1/actions/{id}`; a list has the same without the timeline. */
export const actionViewSchema = guardAnswerSchema.extend({
  agent: z.string(),
  type: z.string(),
  target: z.string(),
  purpose: z.string().nullable(),
  requestedAt: z.string(),
  settlement: settlementSchema.nullable(),
  workflowId: z.string(),
  timeline: z.array(timelineEntrySchema).optional(),
  notices: z
    .array(noticeDeliverySchema)
    .optional()
    .meta({ description: 'Who was told of it, newest first; for people alone' }),
});
export type ActionView = z.infer<typeof actionViewSchema>;

export const actionListSchema = z.object({ actions: z.array(actionViewSchema), nextCursor: z.string().nullable() });
export type ActionList = z.infer<typeof actionListSchema>;

/** Body of `POST /api/v1/actions/{id}/claim`. */
export const claimRequestSchema = z.strictObject({ claimId: claimIdSchema });
export type ClaimRequest = z.infer<typeof claimRequestSchema>;

/** Body of `POST /api/v1/actions/{id}/outcome`. */
export const outcomeReportSchema = z.strictObject({
  claimId: claimIdSchema,
  status: z.enum(['succeeded', 'failed']),
  result: z.json().optional().meta({ description: 'Put on record as it is; leave out what should not be' }),
  error: z.string().max(10_000).optional(),
});
export type OutcomeReport = z.infer<typeof outcomeReportSchema>;

/** Body of `POST /api/v1/actions/{id}/cancel`. */
export const cancelRequestSchema = z.strictObject({ reason: z.string().max(2000).optional() });
export type CancelRequest = z.infer<typeof cancelRequestSchema>;
