import { z } from 'zod';
import { jsonObjectSchema, timelineEntrySchema } from './action.ts';

/** A standing permission: visible, counted, expiring, revocable. It answers questions that people would be asked; never a block. */
export const grantViewSchema = z.object({
  grantId: z.string(),
  name: z.string(),
  agent: z.string(),
  type: z.string(),
  target: z.string(),
  arguments: jsonObjectSchema.meta({ description: 'What an action must have in its arguments to fit' }),
  exact: z.boolean().meta({ description: 'And nothing beside' }),
  rules: z.array(z.string()).meta({ description: 'The rules whose question it answers' }),
  uses: z.int(),
  used: z.int(),
  givenBy: z.string(),
  givenAt: z.string(),
  approvalId: z.string(),
  expiresAt: z.string(),
  revokedBy: z.string().nullable(),
  revokedAt: z.string().nullable(),
  live: z.boolean().meta({ description: 'Neither used up nor expired nor revoked' }),
  timeline: z
    .array(timelineEntrySchema)
    .optional()
    .meta({ description: 'Who gave it, which actions used it, who took it back' }),
});
export type GrantView = z.infer<typeof grantViewSchema>;

/** Answer of `GET /api/v1/grants`. */
export const grantListSchema = z.object({ grants: z.array(grantViewSchema), nextCursor: z.string().nullable() });
export type GrantList = z.infer<typeof grantListSchema>;

/** Body of `POST /api/v1/grants/{id}/revoke`. */
export const revokeGrantRequestSchema = z.strictObject({ reason: z.string().min(1).max(2000) });
export type RevokeGrantRequest = z.infer<typeof revokeGrantRequestSchema>;
