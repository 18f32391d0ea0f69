import { judgementSchema, outcomeSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { ruleTraceSchema } from './rule-trace.ts';

/** One edit of the action, of who asks or of when. */
export const editSchema = z.object({
  part: z.string().meta({ description: 'What is changed, e.g. context.count' }),
  says: z.string().meta({ description: 'In words, e.g. context.count at most 100' }),
  value: z.json().optional().meta({ description: 'What it was tried with; absent where the part was left out' }),
});
export type EditView = z.output<typeof editSchema>;

/** A small change that leads to another outcome. It was judged again, and this came out. */
export const changeSchema = z.object({
  says: z.string(),
  edits: z.array(editSchema).min(1).max(2),
  outcome: outcomeSchema,
  matchedRule: z.string().nullable(),
});
export type Change = z.output<typeof changeSchema>;

/** Why an action gets its outcome, and what would alter it. */
export const explanationSchema = z.object({
  action: z.object({ type: z.string(), target: z.string(), agent: z.string() }),
  judgement: judgementSchema,
  recorded: z
    .object({ outcome: outcomeSchema, reason: z.string(), policyDigest: z.string(), decidedAt: z.string() })
    .nullable()
    .meta({ description: 'What was decided, for an action on record' }),
  rules: z.array(ruleTraceSchema).meta({ description: 'What matched first, then what came nearest' }),
  rulesLeftOut: z.number().meta({ description: 'Rules of which several parts did not hold' }),
  changes: z
    .array(changeSchema)
    .meta({ description: 'The smallest changes that alter the outcome, milder ones first' }),
  tried: z.number().meta({ description: 'How often the action was judged to find them' }),
  complete: z.boolean().meta({ description: 'False when the search ended at its bound' }),
  notes: z.array(z.string()).meta({ description: 'What this explanation cannot tell' }),
});
export type Explanation = z.output<typeof explanationSchema>;
