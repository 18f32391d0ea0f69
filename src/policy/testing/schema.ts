import { actionStatusSchema, jsonObjectSchema, outcomeSchema, toolSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { approvalSchema } from '../approval-schema.ts';
import { delegationShape } from '../asker.ts';
import { parseDuration } from '../duration.ts';

const name = z.string().min(1).max(200);
const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, { error: 'must be a duration such as 90s, 30m, 24h or 7d' });

const labels = z.array(z.string().min(1).max(100));

/** What is asked for in a case. */
export const caseActionSchema = z.strictObject({
  type: name.meta({ description: 'What is done, e.g. delete_records' }),
  target: z.string().min(1).max(500).meta({ description: 'What it is done to, e.g. production_database' }),
  context: jsonObjectSchema.default({}).meta({ description: 'The arguments' }),
  tool: toolSchema
    .optional()
    .meta({ description: 'The tool that is called: name, description, inputSchema and so on' }),
  session: name.optional().meta({ description: 'The conversation or run that it belongs to' }),
  tags: labels.max(20).optional().meta({ description: 'Labels that the caller puts on it' }),
});

/** Who asks in a case. */
export const caseAgentSchema = z.strictObject({
  name: name.default('test-agent').meta({ description: 'Its name' }),
  team: z.string().min(1).max(100).optional().meta({ description: 'Its team' }),
  roles: labels.optional().meta({ description: 'Its roles; agent where nothing is said' }),
  tags: labels.optional().meta({ description: 'Labels that the gate has put on it' }),
  ...delegationShape,
});

/** An action that the same agent took before, in the same session. */
export const earlierActionSchema = caseActionSchema.omit({ session: true, tags: true }).extend({
  ago: duration.default('1m').meta({ description: 'How long before the action of the case' }),
  status: actionStatusSchema.default('succeeded').meta({ description: 'What became of it' }),
});

/** What a case expects. What is left out is not looked at. */
export const expectSchema = z.strictObject({
  outcome: outcomeSchema.meta({ description: 'What comes of it' }),
  rule: z.string().nullable().optional().meta({ description: 'The rule that decides; null where none may match' }),
  rules: z.array(z.string()).optional().meta({ description: 'Rules that must match, in shadow or not, in any order' }),
  reason: z.string().min(1).optional().meta({ description: 'A part of the reason' }),
  shadowOutcome: outcomeSchema
    .nullable()
    .optional()
    .meta({ description: 'What rules in shadow mode would make of it' }),
  approval: approvalSchema.optional().meta({ description: 'What people are asked under, as a rule writes it' }),
});

/** One case: an action, what is known beside it, and what must come out. */
export const caseSchema = z.strictObject({
  name: name.meta({ description: 'What the case shows, in a few words' }),
  action: caseActionSchema.meta({ description: 'What is asked for' }),
  agent: caseAgentSchema.default({ name: 'test-agent' }).meta({ description: 'Who asks' }),
  at: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-02-03T10:00:00Z' })
    .optional()
    .meta({ description: 'When it is asked; Wednesday 2026-01-07 at noon UTC where it is left out' }),
  tool: z.enum(['new', 'changed', 'known']).optional().meta({ description: 'How the inventory knows the tool' }),
  earlier: z.array(earlierActionSchema).max(1000).default([]).meta({ description: 'What the agent did before' }),
  spent: z
    .record(z.string(), z.number().min(0))
    .default({})
    .meta({ description: 'What the window of a rule holds, by rule' }),
  expect: expectSchema.meta({ description: 'What must come out' }),
});
export type PolicyCase = z.output<typeof caseSchema>;

/** A file of cases, but for the cases, which are checked one by one so that each reports all that is wrong with it. */
export const caseFileSchema = z.strictObject({
  cases: z.array(z.unknown()).min(1).meta({ description: 'The cases, at least one' }),
});
