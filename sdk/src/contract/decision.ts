import { z } from 'zod';

/** What the gate says of an action. These three words are the wire format and never change. */
export const outcomeSchema = z.enum(['ALLOW', 'REQUIRE_APPROVAL', 'BLOCK']);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What a rule asks for, in the words of a policy file. */
export const effectSchema = z.enum(['allow', 'require_approval', 'block']);
export type Effect = z.infer<typeof effectSchema>;

export const severitySchema = z.enum(['low', 'medium', 'high', 'critical']);
export type Severity = z.infer<typeof severitySchema>;

export const operationSchema = z.enum(['read', 'write', 'delete', 'execute', 'administer', 'unknown']);
export type Operation = z.infer<typeof operationSchema>;

export const targetKindSchema = z.enum([
  'database',
  'api',
  'cloud',
  'filesystem',
  'shell',
  'messaging',
  'payment',
  'code',
  'unknown',
]);
export type TargetKind = z.infer<typeof targetKindSchema>;

/** What an action does and to what, as far as its type and target tell. */
export const classificationSchema = z.object({
  operation: operationSchema,
  targetKind: targetKindSchema,
  environment: z.enum(['production', 'staging', 'development', 'unknown']),
});
export type Classification = z.infer<typeof classificationSchema>;

/** One named contribution to the risk score. */
export const riskFactorSchema = z.object({ name: z.string(), points: z.number(), says: z.string() });
export type RiskFactor = z.infer<typeof riskFactorSchema>;

/** A rule that matched, in the order of strictness. */
export const matchedRuleSchema = z.object({ id: z.string(), effect: effectSchema, reason: z.string() });
export type MatchedRule = z.infer<typeof matchedRuleSchema>;

/** What people are asked under: how long the question stays open, in seconds. */
export const approvalTermsSchema = z.object({ expiresInSeconds: z.number().positive() });
export type ApprovalTerms = z.infer<typeof approvalTermsSchema>;

/** The whole judgement of one action under one policy. A pure function of both. */
export const judgementSchema = z.object({
  outcome: outcomeSchema,
  reason: z.string(),
  matchedRule: z.string().nullable(),
  matchedRules: z.array(matchedRuleSchema),
  riskScore: z.number().min(0).max(100),
  severity: severitySchema,
  riskFactors: z.array(riskFactorSchema),
  classification: classificationSchema,
  policyDigest: z.string(),
  approval: approvalTermsSchema.nullable(),
});
export type Judgement = z.infer<typeof judgementSchema>;
