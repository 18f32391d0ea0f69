import { effectSchema, operationSchema, severitySchema, targetKindSchema } from '@gatehouse/sdk/contract';
import { classificationSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { parseDuration } from './duration.ts';

/** The id under which the risk thresholds of the defaults appear among the matched rules. */
export const RISK_THRESHOLD_RULE = 'risk-threshold';
const RESERVED_IDS: ReadonlySet<string> = new Set([RISK_THRESHOLD_RULE]);

/** One value or a list of values; any of them matches. */
function oneOrMany<T extends z.ZodType<string>>(item: T, what: string) {
  return z.union([item, z.array(item).min(1)], { error: `must be ${what} or a list of them, with at least one` });
}

const pattern = z.string().min(1).max(500);
const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, { error: 'must be a duration such as 90s, 30m, 24h or 7d' })
  .meta({ description: 'How long: a whole number and s, m, h or d' });
const score = z.number().min(0).max(100);

export const approvalSchema = z.strictObject({ expiresIn: duration.optional() });

export const riskMatchSchema = z
  .strictObject({ atLeast: score.optional(), below: score.optional() })
  .refine((risk) => risk.atLeast !== undefined || risk.below !== undefined, { error: 'needs atLeast, below or both' })
  .refine((risk) => risk.atLeast === undefined || risk.below === undefined || risk.atLeast < risk.below, {
    error: 'can never match: atLeast must be lower than below',
  });

export const matchSchema = z.strictObject({
  action: oneOrMany(pattern, 'a pattern').optional().meta({ description: 'Types; * stands for any characters' }),
  target: oneOrMany(pattern, 'a pattern').optional().meta({ description: 'Targets; * stands for any characters' }),
  operation: oneOrMany(operationSchema, `one of ${operationSchema.options.join(', ')}`).optional(),
  targetKind: oneOrMany(targetKindSchema, `one of ${targetKindSchema.options.join(', ')}`).optional(),
  environment: oneOrMany(
    classificationSchema.shape.environment,
    `one of ${classificationSchema.shape.environment.options.join(', ')}`,
  ).optional(),
  agent: oneOrMany(pattern, 'a pattern')
    .optional()
    .meta({ description: 'Names of agents; * stands for any characters' }),
  risk: riskMatchSchema.optional(),
  severity: oneOrMany(severitySchema, `one of ${severitySchema.options.join(', ')}`).optional(),
});

export const ruleSchema = z
  .strictObject({
    id: z
      .string()
      .max(100)
      .regex(/^[a-z0-9][a-z0-9._-]*$/, { error: 'must be lower-case letters, digits, dots, dashes and underscores' })
      .refine((id) => !RESERVED_IDS.has(id), { error: 'is reserved for the engine; choose another id' }),
    description: z.string().max(2000).optional(),
    reason: z.string().min(1).max(2000).meta({ description: 'For the person and for the agent: why, and what to do' }),
    match: matchSchema.default({}),
    when: z.string().min(1).max(4000).optional().meta({ description: 'A condition in CEL' }),
    effect: effectSchema,
    approval: approvalSchema.optional(),
  })
  .refine((rule) => rule.effect === 'require_approval' || rule.approval === undefined, {
    path: ['approval'],
    error: 'belongs to rules whose effect is require_approval',
  })
  .refine((rule) => rule.effect !== 'allow' || rule.when !== undefined || Object.keys(rule.match).length > 0, {
    path: ['match'],
    error: 'must say what an allow rule allows',
  });
export type RuleSource = z.output<typeof ruleSchema>;

export const defaultsSchema = z.strictObject({
  unmatched: z
    .enum(['block', 'require_approval'])
    .optional()
    .meta({ description: 'What no rule matches; never allowed' }),
  approval: approvalSchema.optional(),
  riskThresholds: z
    .strictObject({ requireApproval: score.optional(), block: score.optional() })
    .optional()
    .meta({ description: 'Risk scores from which an action is held or blocked, whatever the rules allow' }),
});
export type DefaultsSource = z.output<typeof defaultsSchema>;

/** A policy file but for its rules, which are checked one by one so that each reports all that is wrong with it. */
export const fileSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(100),
  defaults: defaultsSchema.optional(),
  rules: z.array(z.unknown()).optional(),
});
