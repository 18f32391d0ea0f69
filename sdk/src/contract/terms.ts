import { z } from 'zod';

/** Who may answer: anyone who is one of the users, in one of the groups, or has one of the roles. All lists empty: any reviewer. */
export const reviewersSchema = z.object({
  users: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
  roles: z.array(z.string()).default([]),
});
export type Reviewers = z.infer<typeof reviewersSchema>;

/** Others who may answer too, once a part of the question has been open for so long. */
export const escalationStepSchema = z.object({ afterSeconds: z.number().positive(), to: reviewersSchema });
export type EscalationStep = z.infer<typeof escalationStepSchema>;

/** One part of a question. The parts are answered one after the other, each by its own reviewers. */
export const approvalStageSchema = z.object({
  name: z.string(),
  reviewers: reviewersSchema,
  quorum: z.int().min(1).meta({ description: 'How many different people must approve' }),
  distinctGroups: z
    .boolean()
    .default(false)
    .meta({ description: 'The approvals must come from that many different groups of the named ones' }),
  escalation: z.array(escalationStepSchema).default([]),
});
export type ApprovalStage = z.infer<typeof approvalStageSchema>;

/** A window of local time, as rules write it: `days`, `from` and `to` in a time zone. */
export const weeklyWindowSchema = z.object({
  days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  timeZone: z.string().optional(),
});
export type WeeklyWindow = z.infer<typeof weeklyWindowSchema>;

/** What an approver may add: the same agent may do the same thing again without being asked. */
export const grantLimitsSchema = z.object({
  uses: z.int().min(1).meta({ description: 'How often at most' }),
  withinSeconds: z.number().positive().meta({ description: 'For how long at most' }),
});
export type GrantLimits = z.infer<typeof grantLimitsSchema>;

/** Any one reviewer: what is asked where a rule names nobody. */
const ANYONE: ApprovalStage = {
  name: 'review',
  reviewers: { users: [], groups: [], roles: [] },
  quorum: 1,
  distinctGroups: false,
  escalation: [],
};

/** What people are asked under. */
export const approvalTermsSchema = z.object({
  expiresInSeconds: z
    .number()
    .positive()
    .nullable()
    .meta({ description: 'How long the question stays open; its end is a refusal. null: until it is answered' }),
  stages: z.array(approvalStageSchema).min(1).default([ANYONE]),
  remindEverySeconds: z.number().positive().nullable().default(null),
  hours: weeklyWindowSchema
    .nullable()
    .default(null)
    .meta({ description: 'The clocks of expiry, reminders and escalation run only then; null: always' }),
  run: z
    .array(weeklyWindowSchema)
    .default([])
    .meta({ description: 'What was approved runs only while all of these windows are open' }),
  commentRequired: z.boolean().default(false),
  tickets: z
    .array(z.string())
    .default([])
    .meta({ description: 'The comment must have a word for each of these patterns: * any text, # one digit or more' }),
  grants: grantLimitsSchema.nullable().default(null).meta({ description: 'null: no standing permission can be given' }),
  excludeOwner: z.boolean().default(false).meta({ description: 'Whoever owns the agent may not answer' }),
  barred: z
    .array(z.string())
    .default([])
    .meta({ description: 'Who may not answer, beside the requester: those it acts for, and an excluded owner' }),
});
export type ApprovalTerms = z.infer<typeof approvalTermsSchema>;

/** Terms with everything at its default but how long the question stays open, in seconds; null for as long as it takes. */
export function plainTerms(expiresInSeconds: number | null): ApprovalTerms {
  return approvalTermsSchema.parse({ expiresInSeconds });
}
