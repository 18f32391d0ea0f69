import { outcomeSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';

const count = z.int().min(0);
const verdictSchema = z.object({ outcome: outcomeSchema, rule: z.string().nullable(), reason: z.string() });

/** How many actions went from one outcome to another. */
export const transitionSchema = z.object({ from: outcomeSchema, to: outcomeSchema, count });
export type Transition = z.output<typeof transitionSchema>;

/** One action that would end otherwise. */
export const changedActionSchema = z.object({
  actionId: z.string().nullable(),
  at: z.string(),
  agent: z.string(),
  type: z.string(),
  target: z.string(),
  recorded: outcomeSchema.nullable().meta({ description: 'What was decided then; null where nothing is on record' }),
  current: verdictSchema.nullable().meta({ description: 'What the policy in force makes of it' }),
  candidate: verdictSchema,
});
export type ChangedAction = z.output<typeof changedActionSchema>;

/** Changes of one kind together: the same type, outcomes and deciding rules. */
export const changeGroupSchema = z.object({
  type: z.string(),
  from: outcomeSchema,
  to: outcomeSchema,
  fromRule: z.string().nullable(),
  toRule: z.string().nullable(),
  count,
});
export type ChangeGroup = z.output<typeof changeGroupSchema>;

/** What a candidate policy would have made of recorded actions. */
export const simulationReportSchema = z.object({
  candidateDigest: z.string(),
  currentDigest: z.string().nullable(),
  baseline: z.enum(['current', 'recorded', 'none']).meta({ description: 'What the candidate is held against' }),
  from: z.string().nullable().meta({ description: 'When the first of the actions was decided' }),
  to: z.string().nullable(),
  days: z.number().meta({ description: 'How many days they span, at least 1' }),
  actions: count,
  truncated: z.boolean().meta({ description: 'There were more; the newest were taken' }),
  unreadable: count.meta({ description: 'Records that could not be judged again; they are in no other number' }),
  changed: count,
  matrix: z.array(transitionSchema).meta({ description: 'Every pair of outcomes that occurred, unchanged ones too' }),
  groups: z.array(changeGroupSchema),
  changes: z.array(changedActionSchema).meta({ description: 'The first of them' }),
  approvalsADay: z.object({ before: z.number(), after: z.number(), difference: z.number() }),
  shadow: z.object({
    changed: count.meta({ description: "Actions that the candidate's rules in shadow would end otherwise" }),
    matrix: z.array(transitionSchema),
  }),
  drift: z.object({
    changed: count.meta({
      description: 'Actions that the policy in force already decides otherwise than is on record',
    }),
    matrix: z.array(transitionSchema),
  }),
  notes: z.array(z.string()).meta({ description: 'What was not or cannot be simulated' }),
});
export type SimulationReport = z.output<typeof simulationReportSchema>;
