import { z } from 'zod';
import { approvalViewSchema } from './approval.ts';
import { severitySchema } from './decision.ts';

/** Open questions that are alike: one agent wants one type of action on one target, and one rule asks. */
export const approvalGroupSchema = z.object({
  group: z.string().meta({ description: 'Its key; GET /api/v1/approvals?group= lists its questions' }),
  count: z.int().min(1),
  agent: z.string(),
  type: z.string(),
  target: z.string(),
  matchedRule: z.string().nullable().meta({ description: 'The rule that asks; null where a default does' }),
  severity: severitySchema.meta({ description: 'The worst among them' }),
  riskScore: z.number().meta({ description: 'The highest among them' }),
  oldest: z.string().meta({ description: 'When the first of them was asked' }),
  newest: z.string().meta({ description: 'When the last of them was asked' }),
  approvalIds: z.array(z.string()).meta({ description: 'The newest of them, the newest first; five at most' }),
  latest: approvalViewSchema.meta({ description: 'The newest of them, whole' }),
});
export type ApprovalGroup = z.infer<typeof approvalGroupSchema>;

/** Answer of `GET /api/v1/approvals/groups`. */
export const approvalGroupListSchema = z.object({
  groups: z.array(approvalGroupSchema),
  nextCursor: z.string().nullable(),
});
export type ApprovalGroupList = z.infer<typeof approvalGroupListSchema>;
