import { z } from 'zod';
import { editSchema, jsonObjectSchema, permitSchema } from './action.ts';
import {
  classificationSchema,
  judgementSchema,
  matchedRuleSchema,
  riskFactorSchema,
  severitySchema,
} from './decision.ts';
import { approvalTermsSchema } from './terms.ts';

export const approvalStatusSchema = z.enum(['pending', 'approved', 'denied', 'expired', 'cancelled']);
export type ApprovalStatus = z.infer<typeof approvalStatusSchema>;

/** Everything that a reviewer can say. The first two, `edit` and `override` can end the question. */
export const verdictWordSchema = z.enum([
  'approve',
  'reject',
  'edit', // approve other arguments than those asked for: judged again by the whole policy
  'ask', // put a question to the agent; the answer appears with the approval
  'delegate', // let somebody else answer in one's place
  'abstain',
  'withdraw', // take back one's own approval or abstention while the question is open
  'override', // break-glass: an admin approves alone, whatever the terms; a second person looks afterwards
]);
export type VerdictWord = z.infer<typeof verdictWordSchema>;

/** One person's standing word on an open question. */
export const voteSchema = z.object({
  reviewer: z.string(),
  vote: z.enum(['approve', 'abstain']),
  stage: z.string(),
  at: z.string(),
  comment: z.string().nullable(),
  unsigned: z.boolean(),
});
export type Vote = z.infer<typeof voteSchema>;

/** A question that a reviewer put to the agent. */
export const agentQuestionSchema = z.object({
  id: z.string(),
  by: z.string(),
  at: z.string(),
  question: z.string(),
  answer: z.string().nullable(),
  answeredAt: z.string().nullable(),
});
export type AgentQuestion = z.infer<typeof agentQuestionSchema>;

/** How far the question has come. */
export const approvalProgressSchema = z.object({
  stage: z.string().meta({ description: 'The part that is open now' }),
  approvals: z.int().meta({ description: 'How many have approved this part' }),
  quorum: z.int(),
  escalations: z.int().meta({ description: 'How many steps of its ladder have been taken' }),
  votes: z.array(voteSchema),
  delegations: z.array(z.object({ from: z.string(), to: z.string(), at: z.string() })),
  questions: z.array(agentQuestionSchema),
});
export type ApprovalProgress = z.infer<typeof approvalProgressSchema>;

/** Who stands behind the agent that asks, as the gate knew it when the action was decided. */
export const behindAgentSchema = z.object({
  team: z.string().nullable(),
  owner: z.string().nullable().meta({ description: 'Who answers for it' }),
  environment: z.string().nullable().meta({ description: 'Where it runs' }),
  chain: z
    .array(z.string())
    .meta({ description: 'On whose behalf it acts: its parent first, then the parent of that' }),
});
export type BehindAgent = z.infer<typeof behindAgentSchema>;

/** Answer of `GET /api/v1/approvals/{id}`: the whole question, and what became of it. */
export const approvalViewSchema = z.object({
  approvalId: z.string(),
  actionId: z.string(),
  workflowId: z.string(),
  round: z.int().meta({ description: '1 for the first question of an action; more after drift or an edit' }),
  status: approvalStatusSchema,
  requestedAt: z.string(),
  expiresAt: z.string().nullable().meta({ description: 'null: it stays open until it is answered' }),
  resolvedAt: z.string().nullable(),
  resolvedBy: z.string().nullable(),
  comment: z.string().nullable(),
  unsigned: z.boolean().meta({ description: 'The verdict came without a signature (a Temporal signal)' }),
  breakGlass: z.boolean().meta({ description: 'An admin approved it alone, whatever the terms' }),
  secondLook: z
    .object({ by: z.string(), at: z.string(), comment: z.string().nullable() })
    .nullable()
    .meta({ description: 'Who looked at a break-glass approval afterwards' }),
  agent: z.string(),
  behind: behindAgentSchema,
  session: z.string().nullable(),
  type: z.string(),
  target: z.string(),
  arguments: jsonObjectSchema,
  purpose: z.string().nullable(),
  edit: editSchema.nullable().meta({ description: 'The arguments are a reviewer’s; null: they are the agent’s own' }),
  actionDigest: z.string(),
  policyDigest: z.string(),
  reason: z.string(),
  matchedRule: z.string().nullable(),
  matchedRules: z.array(matchedRuleSchema),
  shadowRules: judgementSchema.shape.shadowRules,
  shadowOutcome: judgementSchema.shape.shadowOutcome,
  riskScore: z.number(),
  severity: severitySchema,
  riskFactors: z.array(riskFactorSchema),
  classification: classificationSchema,
  terms: approvalTermsSchema,
  progress: approvalProgressSchema,
  differences: z
    .array(z.string())
    .meta({ description: 'What differs from the question before this one, in words; empty for the first' }),
  preview: z
    .object({ state: z.enum(['ready', 'failed']), says: jsonObjectSchema })
    .nullable()
    .meta({ description: 'What the executor says that it would do; null where none can say' }),
  permit: permitSchema.nullable(),
});
export type ApprovalView = z.infer<typeof approvalViewSchema>;

export const approvalListSchema = z.object({
  approvals: z.array(approvalViewSchema),
  nextCursor: z.string().nullable(),
});
export type ApprovalList = z.infer<typeof approvalListSchema>;

/** A standing permission that an approver adds to an approval. The policy must permit it, and a block outranks it. */
export const grantRequestSchema = z.strictObject({
  name: z.string().min(1).max(100).meta({ description: 'What it is called where people see it' }),
  uses: z.int().min(1).max(10_000).meta({ description: 'How often, beside this time' }),
  withinSeconds: z.number().positive(),
  sameArguments: z
    .array(z.string().min(1).max(200))
    .max(50)
    .optional()
    .meta({ description: 'Arguments that must be as they are now; all of them where it is left out' }),
});
export type GrantRequest = z.infer<typeof grantRequestSchema>;

/** Body of `POST /api/v1/approvals/{id}/verdict`. The digests bind it to exactly what was read. */
export const verdictRequestSchema = z
  .strictObject({
    verdict: verdictWordSchema,
    actionDigest: z.string().min(1).meta({ description: 'The digest shown with the approval' }),
    policyDigest: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'The digest of the policy shown with the approval; where it is given it must fit' }),
    comment: z.string().max(5000).optional().meta({ description: 'Goes on record, and to the agent' }),
    arguments: jsonObjectSchema.optional().meta({ description: 'For edit: the whole arguments as they should be' }),
    to: z.string().min(1).max(200).optional().meta({ description: 'For delegate: who answers instead' }),
    question: z.string().min(1).max(5000).optional().meta({ description: 'For ask: what the agent should answer' }),
    grant: grantRequestSchema.optional().meta({ description: 'For approve: may be done again without being asked' }),
  })
  .refine((body) => (body.verdict === 'edit') === (body.arguments !== undefined), {
    path: ['arguments'],
    error: 'belongs to edit, and only there',
  })
  .refine((body) => (body.verdict === 'delegate') === (body.to !== undefined), {
    path: ['to'],
    error: 'belongs to delegate, and only there',
  })
  .refine((body) => (body.verdict === 'ask') === (body.question !== undefined), {
    path: ['question'],
    error: 'belongs to ask, and only there',
  })
  .refine((body) => body.grant === undefined || body.verdict === 'approve', {
    path: ['grant'],
    error: 'belongs to approve, and only there',
  })
  .refine((body) => body.verdict !== 'override' || (body.comment ?? '').trim() !== '', {
    path: ['comment'],
    error: 'must say why the terms are overridden',
  });
export type VerdictRequest = z.infer<typeof verdictRequestSchema>;

/** Body of `POST /api/v1/approvals/verdicts`: exactly these, at exactly these digests. */
export const bulkVerdictRequestSchema = z.strictObject({
  verdict: z.enum(['approve', 'reject']),
  comment: z.string().max(5000).optional(),
  approvals: z
    .array(
      z.strictObject({
        approvalId: z.string().min(1),
        actionDigest: z.string().min(1),
        policyDigest: z.string().min(1),
      }),
    )
    .min(1)
    .max(200),
});
export type BulkVerdictRequest = z.infer<typeof bulkVerdictRequestSchema>;

/** Answer to it: what became of each, in the order in which they were given. */
export const bulkVerdictAnswerSchema = z.object({
  results: z.array(
    z.object({
      approvalId: z.string(),
      counted: z.boolean(),
      status: approvalStatusSchema.nullable().meta({ description: 'null where it could not be read' }),
      code: z.string().nullable().meta({ description: 'Why it did not count; null where it did' }),
      says: z.string().nullable(),
    }),
  ),
});
export type BulkVerdictAnswer = z.infer<typeof bulkVerdictAnswerSchema>;

/** Body of `POST /api/v1/approvals/{id}/answers`: what the agent says to a reviewer's question. */
export const agentAnswerRequestSchema = z.strictObject({
  questionId: z.string().min(1).max(100),
  answer: z.string().min(1).max(5000),
});
export type AgentAnswerRequest = z.infer<typeof agentAnswerRequestSchema>;

/** Body of `POST /api/v1/approvals/{id}/second-look`: somebody else has looked at a break-glass approval. */
export const secondLookRequestSchema = z.strictObject({ comment: z.string().max(5000).optional() });
export type SecondLookRequest = z.infer<typeof secondLookRequestSchema>;

/** Answer of `GET /api/v1/approvals/{id}/background`: what helps to decide beside the call itself. */
export const approvalBackgroundSchema = z.object({
  session: z
    .array(z.object({ actionId: z.string(), at: z.string(), type: z.string(), target: z.string(), status: z.string() }))
    .meta({ description: 'The last actions of the same session, the newest first' }),
  similar: z
    .array(
      z.object({
        approvalId: z.string(),
        at: z.string(),
        agent: z.string(),
        target: z.string(),
        status: approvalStatusSchema,
        resolvedBy: z.string().nullable(),
        comment: z.string().nullable(),
        actionStatus: z.string(),
        sameArguments: z.boolean(),
      }),
    )
    .meta({ description: 'Earlier approvals of the same type of action and how they ended, the newest first' }),
});
export type ApprovalBackground = z.infer<typeof approvalBackgroundSchema>;
