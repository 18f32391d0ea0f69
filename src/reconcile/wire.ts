import { jsonObjectSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { DIFFERENCES, type DifferenceKind } from './difference.ts';

const count = z.int().min(0);

export const differenceSchema = z.object({
  kind: z.enum(Object.keys(DIFFERENCES) as [DifferenceKind, ...DifferenceKind[]]),
  actionId: z.string().meta({ description: 'Of the action, and of its workflow' }),
  runId: z.string().nullable(),
  record: jsonObjectSchema.nullable().meta({ description: 'What the record says; null for nothing' }),
  temporal: jsonObjectSchema.nullable().meta({ description: 'What Temporal says; null for nothing' }),
  repair: z.enum(['history', 'tell', 'none']),
});

/** How one comparison of the two systems came out. */
export const reconciliationSchema = z.object({
  at: z.iso.datetime(),
  tookMs: z.number().min(0),
  since: z.iso.datetime().nullable().meta({ description: 'Only what began then or later; null: everything' }),
  graceSeconds: z.number().min(0).meta({ description: 'What moved so recently is in flight, and no difference' }),
  temporal: z.object({ workflows: count, open: count, closed: count }),
  record: z.object({
    actions: count,
    open: count,
    settled: count,
    beyondRetention: count.meta({ description: 'Settled so long ago that Temporal keeps no workflow of them' }),
  }),
  effects: z.object({
    claims: count.meta({ description: 'Permits that were claimed' }),
    reported: count.meta({ description: 'Effects on record: succeeded or failed' }),
    unknown: count.meta({ description: 'Claims of which nobody knows whether the effect happened' }),
  }),
  inFlight: count,
  histories: count.nullable().meta({ description: 'How many histories were read; null where none was to be' }),
  equal: z.boolean(),
  differences: count.meta({ description: 'How many there are' }),
  listed: z.array(differenceSchema).meta({ description: 'The first of them' }),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;

/** The last comparisons, the newest first. */
export const reconciliationListSchema = z.object({ reconciliations: z.array(reconciliationSchema) });
export type ReconciliationList = z.infer<typeof reconciliationListSchema>;
