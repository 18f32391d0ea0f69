import { z } from 'zod';
import { jsonObjectSchema, permitSchema } from './action.ts';
import {
  classificationSchema,
  judgementSchema,
  matchedRuleSchema,
  riskFactorSchema,
  severitySchema,
} from './decision.ts';

export const approvalStatusSchema = z.enum(['pending', 'approved', 'denied', 'expired', 'cancelled']);
export type ApprovalStatus = z.infer<typeof approvalStatusSchema>;

/** Answer of `GET /api/v1/approvals/{id}`: the whole question, and what became of it. */
export const approvalViewSchema = z.object({
  approvalId: z.string(),
  actionId: z.string(),
  workflowId: z.string(),
  status: approvalStatusSchema,
  requestedAt: z.string(),
  expiresAt: z.string(),
  resolvedAt: z.string().nullable(),
  resolvedBy: z.string().nullable(),
  comment: z.string().nullable(),
  unsigned: z.boolean().meta({ description: 'The verdict came without a signature (a Temporal signal)' }),
  agent: z.string(),
  type: z.string(),
  target: z.string(),
  arguments: jsonObjectSchema,
  purpose: z.string().nullable(),
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
  permit: permitSchema.nullable(),
});
export type ApprovalView = z.infer<typeof approvalViewSchema>;

export const approvalListSchema = z.object({
  approvals: z.array(approvalViewSchema),
  nextCursor: z.string().nullable(),
});
export type ApprovalList = z.infer<typeof approvalListSchema>;

/** Body of `POST /api/v1/approvals/{id}/verdict`. The digest binds it to exactly what was read. */
export const verdictRequestSchema = z.strictObject({
  verdict: z.enum(['approve', 'reject']),
  actionDigest: z.string().min(1).meta({ description: 'The digest shown with the approval' }),
  comment: z.string().max(5000).optional(),
});
export type VerdictRequest = z.infer<typeof verdictRequestSchema>;
