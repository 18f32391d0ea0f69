import { z } from 'zod';
import { approvalTermsSchema } from './terms.ts';

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

/** How many things a call reaches: one, several, or everything of its kind. */
export const reachSchema = z.enum(['one', 'many', 'all', 'unknown']);
export type Reach = z.infer<typeof reachSchema>;

/** What a call touches that somebody should know of. */
export const sensitivitySchema = z.enum(['production', 'personal', 'secrets', 'money']);
export type Sensitivity = z.infer<typeof sensitivitySchema>;

/** How sure a classification is: read from code that was parsed, from names that are known, or from hardly anything. */
export const confidenceSchema = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof confidenceSchema>;

/** Which part of a call says something about it, in words; `at` counts UTF-16 units from the beginning of that part. */
export const evidenceSchema = z.object({
  part: z.string(),
  says: z.string(),
  at: z.object({ start: z.int().min(0), end: z.int().min(0) }).optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What an action does, to what, how far, and whether it can be undone, as far as the call itself tells. */
export const classificationSchema = z.object({
  operation: operationSchema,
  targetKind: targetKindSchema,
  environment: z.enum(['production', 'staging', 'development', 'unknown']),
  destructive: z.boolean().default(false).meta({ description: 'Loses or overwrites what cannot easily be had back' }),
  reversible: z.boolean().default(true).meta({ description: 'What it does can be undone with the same tool' }),
  external: z
    .boolean()
    .default(false)
    .meta({ description: 'Something crosses to the outside: a network, a recipient' }),
  reach: reachSchema.default('unknown'),
  sensitivity: z.array(sensitivitySchema).default([]),
  confidence: confidenceSchema.default('low'),
  evidence: z.array(evidenceSchema).default([]),
});
export type Classification = z.infer<typeof classificationSchema>;

/** One named contribution to the risk score. */
export const riskFactorSchema = z.object({ name: z.string(), points: z.number(), says: z.string() });
export type RiskFactor = z.infer<typeof riskFactorSchema>;

/** A rule that matched, in the order of strictness. */
export const matchedRuleSchema = z.object({ id: z.string(), effect: effectSchema, reason: z.string() });
export type MatchedRule = z.infer<typeof matchedRuleSchema>;

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
  grant: z
    .object({ id: z.string(), name: z.string(), givenBy: z.string() })
    .nullable()
    .default(null)
    .meta({ description: 'The standing permission that answered in place of people; null where none did' }),
  advice: z.string().nullable().default(null).meta({ description: 'For the agent: what it can do; null when allowed' }),
  shadowRules: z
    .array(matchedRuleSchema)
    .default([])
    .meta({ description: 'Rules in shadow that matched: recorded, never enforced' }),
  shadowOutcome: outcomeSchema
    .nullable()
    .default(null)
    .meta({ description: 'What the decision would have been with them enforced; null where none has a say' }),
});
export type Judgement = z.infer<typeof judgementSchema>;
