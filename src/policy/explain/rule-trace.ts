import { effectSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';

/** One key of a rule's `match`, as it was written and as it was found. */
export const tracePartSchema = z.object({
  key: z.string(),
  wanted: z.json(),
  actual: z.json(),
  holds: z.boolean(),
});

/** What a condition, or a part of one, gave. */
export const truthSchema = z.enum(['true', 'false', 'cannot be told']);

/** A rule's condition with the value of every part and every field that it looked at. */
export const traceConditionSchema = z.object({
  text: z.string(),
  truth: truthSchema,
  error: z.string().nullable().meta({ description: 'Why it could not be told' }),
  parts: z
    .array(z.object({ text: z.string(), truth: truthSchema }))
    .meta({ description: 'What stands between && and ||' }),
  values: z
    .array(z.object({ name: z.string(), value: z.json().optional() }))
    .meta({ description: 'The fields that it looks at; without `value` where there is none' }),
});
export type TraceCondition = z.output<typeof traceConditionSchema>;

/** How one rule stands to an action. */
export const ruleTraceSchema = z.object({
  id: z.string(),
  effect: effectSchema,
  mode: z.enum(['enforce', 'shadow']),
  matched: z.boolean(),
  decisive: z.boolean(),
  reason: z.string(),
  place: z.object({ file: z.string(), line: z.number() }),
  parts: z.array(tracePartSchema),
  condition: traceConditionSchema.nullable(),
  /** Budget and sequence, in words; only for rules that look back. */
  past: z.string().nullable(),
});
export type RuleTrace = z.output<typeof ruleTraceSchema>;
