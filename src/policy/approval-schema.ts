import { z } from 'zod';
import { durationOrNeverSchema, durationSchema, parseDuration } from './duration.ts';
import { isEmptyWindow, windowSchema } from './during.ts';
import { windowSchema as lookBackSchema } from './limits.ts';

/** The roles of people. Agents have none of them, so that no rule can let an agent answer. */
export const REVIEWER_ROLES = ['reviewer', 'admin'] as const;

const name = z.string().min(1).max(200);
const names = z.array(name).min(1).max(100).optional();

const namedReviewersSchema = z
  .strictObject({
    users: names.meta({ description: 'People, by the names of their keys' }),
    groups: names.meta({ description: 'Anyone of any of these groups' }),
    roles: z
      .array(z.enum(REVIEWER_ROLES))
      .min(1)
      .max(REVIEWER_ROLES.length)
      .optional()
      .meta({ description: 'Anyone of any of these roles' }),
  })
  .refine(({ users, groups, roles }) => users !== undefined || groups !== undefined || roles !== undefined, {
    path: ['users'],
    error: 'or groups or roles must be named: somebody has to answer',
  });
type NamedReviewers = z.output<typeof namedReviewersSchema>;

const escalationSchema = z.strictObject({
  after: durationSchema.meta({ description: 'Once the part has been open for so long' }),
  to: namedReviewersSchema.meta({ description: 'These may answer too' }),
});

const stageShape = {
  reviewers: namedReviewersSchema.optional().meta({ description: 'Who may answer; anyone where it is left out' }),
  quorum: z.int().min(1).max(50).optional().meta({ description: 'How many different people must approve; 1' }),
  distinctGroups: z
    .boolean()
    .optional()
    .meta({ description: 'The approvals must come from that many different groups of the named ones' }),
  escalate: z
    .array(escalationSchema)
    .min(1)
    .max(10)
    .optional()
    .meta({ description: 'Others who may answer too after a time, one step after the other' }),
};
/** The keys of the one part that a rule has where it names no `stages`. */
const SHORT_FORM = Object.keys(stageShape) as (keyof typeof stageShape)[];

type BareStage = z.output<z.ZodObject<typeof stageShape>>;

interface Flaw {
  path: (string | number)[];
  message: string;
}

/** Why a part of a question can never be answered, or is not what was meant: every reason with the key to mend. */
function flawsOf({ reviewers, quorum = 1, distinctGroups = false, escalate = [] }: BareStage): Flaw[] {
  const found: Flaw[] = [];
  const everybody = [...(reviewers === undefined ? [] : [reviewers]), ...escalate.map(({ to }) => to)];
  const groups = countNames(everybody, 'groups');
  const users = countNames(everybody, 'users');
  const namesUsersAlone = ({ users, groups, roles }: NamedReviewers): boolean =>
    users !== undefined && users.length > 0 && groups === undefined && roles === undefined;
  if (reviewers !== undefined && everybody.every(namesUsersAlone) && users < quorum) {
    found.push({ path: ['quorum'], message: `can never be met: ${String(quorum)} of ${String(users)} named users` });
  }
  if (distinctGroups && groups < quorum) {
    const message = `can never be met: approvals of ${String(quorum)} different groups, and ${String(groups)} are named`;
    found.push({ path: ['distinctGroups'], message });
  }
  if (escalate.length > 0 && reviewers === undefined) {
    found.push({ path: ['escalate'], message: 'adds nobody: without reviewers anyone may answer from the beginning' });
  }
  const afters = escalate.map(({ after }) => parseDuration(after) ?? 0);
  const early = afters.findIndex((after, index) => index > 0 && after <= (afters[index - 1] ?? 0));
  if (early !== -1) {
    found.push({ path: ['escalate', early, 'after'], message: 'must be longer than that of the step before' });
  }
  return found;
}

function countNames(lists: readonly NamedReviewers[], key: 'users' | 'groups'): number {
  return new Set(lists.flatMap((list) => list[key] ?? [])).size;
}

const stageSchema = z
  .strictObject({ name: name.max(100).meta({ description: 'What the part is called on the card' }), ...stageShape })
  .check(({ value, issues }) => {
    for (const { path, message } of flawsOf(value)) issues.push({ code: 'custom', path, message, input: value });
  });

/** What has neither spaces nor what separates words, and is more than placeholders. */
const ticketSchema = z
  .string()
  .max(100)
  .regex(/^[^\s,;()]*[^\s,;()*#][^\s,;()]*$/, { error: 'must be a pattern without spaces, such as OPS-#' });

const openWindowSchema = windowSchema.refine((window) => !isEmptyWindow(window), {
  path: ['to'],
  error: 'must differ from `from`: the window would never be open',
});

const termsShape = {
  expiresIn: durationOrNeverSchema.optional().meta({
    description: 'How long the question stays open, such as 90s, 30m, 24h, 7d or never; its end is a refusal',
  }),
  ...stageShape,
  stages: z
    .array(stageSchema)
    .min(1)
    .max(10)
    .refine((stages) => new Set(stages.map((stage) => stage.name)).size === stages.length, {
      error: 'must have names of their own',
    })
    .optional()
    .meta({ description: 'Parts that are answered one after the other, each by its own reviewers' }),
  remindEvery: durationOrNeverSchema.optional().meta({ description: 'How often the reviewers are reminded' }),
  hours: openWindowSchema
    .optional()
    .meta({ description: 'The clocks of expiry, reminders and escalation run only then; always where it is left out' }),
  run: openWindowSchema.optional().meta({ description: 'What was approved runs only then' }),
  comment: z
    .enum(['required', 'optional'])
    .optional()
    .meta({ description: 'Whether an approval needs a comment that says why' }),
  ticket: z
    .union([ticketSchema, z.array(ticketSchema).max(10)], {
      error: 'must be a pattern without spaces, such as OPS-#, or a list of them',
    })
    .optional()
    .meta({ description: 'The comment must name such a ticket: # is one digit or more, * any characters' }),
  grants: z
    .strictObject({
      uses: z.int().min(0).max(10_000).meta({ description: 'How often at most; 0 permits none' }),
      within: lookBackSchema.meta({ description: 'For how long at most, up to 31d' }),
    })
    .optional()
    .meta({ description: 'Permits that an approver lets the same agent do the like again without being asked' }),
  excludeOwner: z.boolean().optional().meta({ description: 'Whoever owns the agent may not answer' }),
};

/** `approval` of a rule, of an override and of the defaults: what people are asked under. */
export const approvalSchema = z.strictObject(termsShape).check(({ value, issues }) => {
  if (value.stages !== undefined && SHORT_FORM.some((key) => value[key] !== undefined)) {
    const message = `cannot stand beside ${SHORT_FORM.join(', ')}, which describe one part`;
    issues.push({ code: 'custom', path: ['stages'], message, input: value });
    return;
  }
  for (const { path, message } of flawsOf(value)) issues.push({ code: 'custom', path, message, input: value });
});
export type ApprovalSource = z.output<typeof approvalSchema>;

/** The parts that a rule names, or undefined where it leaves them to the defaults. */
export function writtenStages(source: ApprovalSource): (BareStage & { name?: string })[] | undefined {
  if (source.stages !== undefined) return source.stages;
  return SHORT_FORM.some((key) => source[key] !== undefined) ? [source] : undefined;
}
