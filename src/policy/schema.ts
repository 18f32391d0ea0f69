import { effectSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { approvalSchema } from './approval-schema.ts';
import { limitSchema } from './limits.ts';
import { matchSchema } from './match-schema.ts';
import { parametersSchema, useSchema } from './pack-schema.ts';
import { afterSchema } from './sequence.ts';

/** The id under which the risk thresholds of the defaults appear among the matched rules. */
export const RISK_THRESHOLD_RULE = 'risk-threshold';
/** The id under which the engine holds calls of a tool that changed since somebody looked at it. */
export const TOOL_CHANGED_RULE = 'tool-changed';
/** The id under which the engine blocks what an emergency stop covers. */
export const EMERGENCY_STOP_RULE = 'emergency-stop';
const RESERVED_IDS: ReadonlySet<string> = new Set([RISK_THRESHOLD_RULE, TOOL_CHANGED_RULE, EMERGENCY_STOP_RULE]);

const score = z.number().min(0).max(100);
const sentences = z.string().min(1).max(2000);

export { approvalSchema };

export const ruleModeSchema = z.enum(['enforce', 'shadow']);

export const ruleSchema = z
  .strictObject({
    id: z
      .string()
      .max(100)
      .regex(/^[a-z0-9][a-z0-9._-]*$/, { error: 'must be lower-case letters, digits, dots, dashes and underscores' })
      .refine((id) => !RESERVED_IDS.has(id), { error: 'is reserved for the engine; choose another id' })
      .meta({ description: 'The name of the rule: lower-case letters, digits, dots, dashes and underscores' }),
    description: z.string().max(2000).optional().meta({ description: 'For whoever reads the policy' }),
    reason: sentences.meta({ description: 'For the person who is asked or refused: why' }),
    advice: sentences
      .optional()
      .meta({ description: 'For the agent: what it can do instead, e.g. Split it into batches of at most 100.' }),
    match: matchSchema.default({}).meta({ description: 'What the action must be' }),
    when: z.string().min(1).max(4000).optional().meta({ description: 'A condition in CEL' }),
    limit: limitSchema.optional().meta({ description: 'A budget: the rule applies only to what would exceed it' }),
    after: afterSchema
      .optional()
      .meta({ description: 'A sequence: the rule matches only what follows such an action' }),
    effect: effectSchema.meta({ description: 'What the rule asks for; the strictest of all that match wins' }),
    mode: ruleModeSchema
      .optional()
      .meta({ description: 'shadow: evaluated and recorded, never enforced; enforce where nothing is said' }),
    approval: approvalSchema.optional().meta({ description: 'Terms of the approval, for require_approval' }),
  })
  .refine((rule) => rule.effect === 'require_approval' || rule.approval === undefined, {
    path: ['approval'],
    error: 'belongs to rules whose effect is require_approval',
  })
  .refine((rule) => rule.effect !== 'allow' || rule.limit === undefined, {
    path: ['limit'],
    error: 'belongs to rules that block or ask: what a budget spares, another rule allows',
  })
  .refine((rule) => rule.effect !== 'allow' || rule.after === undefined, {
    path: ['after'],
    error: 'belongs to rules that block or ask: an agent names its session itself, so it never loosens anything',
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
    .meta({ description: 'What no rule matches; never allowed. block where nothing is said' }),
  approval: approvalSchema
    .optional()
    .meta({ description: 'Terms of approvals where the rule has none; 24h where nothing is said' }),
  riskThresholds: z
    .strictObject({
      requireApproval: score.optional().meta({ description: 'From this risk score on an action is held' }),
      block: score.optional().meta({ description: 'From this risk score on an action is blocked' }),
    })
    .optional()
    .meta({ description: 'Risk scores from which an action is held or blocked, whatever the rules allow' }),
});
export type DefaultsSource = z.output<typeof defaultsSchema>;

/** A change to one rule, wherever it stands. What it does not name stays as it is. */
export const overrideSchema = z
  .strictObject({
    rule: z.string().min(1).max(200).meta({ description: 'The id of a rule, e.g. postgres/ask-ddl' }),
    effect: effectSchema.optional().meta({ description: 'The effect that it has instead' }),
    mode: ruleModeSchema.optional().meta({ description: 'The mode that it has instead' }),
    approval: approvalSchema.optional().meta({ description: 'The terms that it has instead' }),
    reason: sentences.meta({ description: 'Why; it is shown with the reason of the rule' }),
  })
  .refine((one) => one.effect !== undefined || one.mode !== undefined || one.approval !== undefined, {
    error: 'must name effect, mode or approval',
  });
export type OverrideSource = z.output<typeof overrideSchema>;

/** A policy file but for its rules, which are checked one by one so that each reports all that is wrong with it. */
export const fileSchema = z.strictObject({
  version: z.literal(1).meta({ description: 'The version of the language' }),
  name: z.string().min(1).max(100).meta({ description: 'What the file is called where people read of it' }),
  description: z.string().max(2000).optional().meta({ description: 'For whoever reads the policy' }),
  mode: ruleModeSchema.optional().meta({ description: 'The mode of all its rules that say nothing themselves' }),
  parameters: parametersSchema.optional().meta({ description: 'Makes the file a pack: what its user can set' }),
  defaults: defaultsSchema.optional().meta({ description: 'What holds where no rule says otherwise' }),
  use: z.array(useSchema).optional().meta({ description: 'Packs whose rules are part of this policy' }),
  overrides: z.array(overrideSchema).optional().meta({ description: 'Changes to rules that stand elsewhere' }),
  rules: z.array(z.unknown()).optional().meta({ description: 'The rules' }),
});
