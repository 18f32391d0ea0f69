import { z } from 'zod';
import { actionStatusSchema, timelineEntrySchema } from './action.ts';

/** What an emergency stop can cover. All but `everything` name what is stopped. */
export const stopScopeSchema = z.enum(['everything', 'agent', 'team', 'type', 'target', 'server']);
export type StopScope = z.infer<typeof stopScopeSchema>;

const reason = z.string().trim().min(1).max(2000).meta({ description: 'Goes on record, and to every agent stopped' });

/** Body of `POST /api/v1/stops`. */
export const throwStopRequestSchema = z.strictObject({
  scope: stopScopeSchema,
  value: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'The agent, team, type, target or tool server; nothing for everything' }),
  reason,
});
export type ThrowStopRequest = z.infer<typeof throwStopRequestSchema>;

/** Body of `POST /api/v1/stops/{id}/lift`. */
export const liftStopRequestSchema = z.strictObject({ reason });
export type LiftStopRequest = z.infer<typeof liftStopRequestSchema>;

/** An emergency stop: what it covers, who threw it, and what became of what was open then. */
export const stopViewSchema = z.object({
  stopId: z.string(),
  scope: stopScopeSchema,
  value: z.string().nullable(),
  reason: z.string(),
  thrownBy: z.string(),
  thrownAt: z.string(),
  liftedBy: z.string().nullable(),
  liftedAt: z.string().nullable(),
  liftReason: z.string().nullable(),
  inForce: z.boolean(),
  stopped: z
    .int()
    .meta({ description: 'Actions that waited for people, for their time or for a claim, and never run' }),
  running: z.int().meta({ description: 'Actions whose permit was claimed before: they cannot be recalled' }),
  left: z
    .int()
    .nullable()
    .meta({ description: 'Covered and open, counted anew; 0 proves it. null: not counted in a list, or lifted' }),
  carriedOut: z.boolean().meta({ description: 'The workflows of all that was stopped have been told' }),
  timeline: z.array(timelineEntrySchema).optional().meta({ description: 'Who threw it and who lifted it' }),
});
export type StopView = z.infer<typeof stopViewSchema>;

/** Answer of `GET /api/v1/stops`. */
export const stopListSchema = z.object({ stops: z.array(stopViewSchema), nextCursor: z.string().nullable() });
export type StopList = z.infer<typeof stopListSchema>;

/** One action that a stop has met. */
export const stoppedActionSchema = z.object({
  actionId: z.string(),
  agent: z.string(),
  type: z.string(),
  target: z.string(),
  was: actionStatusSchema.meta({ description: 'Where it stood; claimed: it was running' }),
  status: actionStatusSchema.meta({ description: 'Where it stands now' }),
  at: z.string(),
});
export type StoppedAction = z.infer<typeof stoppedActionSchema>;

/** Answer of `GET /api/v1/stops/{id}/actions`. */
export const stoppedActionListSchema = z.object({
  actions: z.array(stoppedActionSchema),
  nextCursor: z.string().nullable(),
});
export type StoppedActionList = z.infer<typeof stoppedActionListSchema>;
