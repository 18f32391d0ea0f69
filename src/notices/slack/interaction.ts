import { z } from 'zod';

const userSchema = z.looseObject({ id: z.string().max(40) });

/** A button that was pressed. */
const blockActionsSchema = z.looseObject({
  type: z.literal('block_actions'),
  trigger_id: z.string(),
  user: userSchema,
  channel: z.looseObject({ id: z.string() }).optional(),
  actions: z.array(z.looseObject({ action_id: z.string(), value: z.string().max(300).optional() })).min(1),
});

/** A form that was sent off. */
const viewSubmissionSchema = z.looseObject({
  type: z.literal('view_submission'),
  user: userSchema,
  view: z.looseObject({
    callback_id: z.string(),
    private_metadata: z.string().max(3000),
    state: z.looseObject({
      values: z.record(z.string(), z.record(z.string(), z.looseObject({ value: z.string().nullish() }))),
    }),
  }),
});

const interactionSchema = z.discriminatedUnion('type', [blockActionsSchema, viewSubmissionSchema]);

export type Pressed = z.infer<typeof blockActionsSchema>;
export type Submitted = z.infer<typeof viewSubmissionSchema>;

/** What somebody did in Slack; null for what is nothing of ours. */
export function readInteraction(body: Buffer): Pressed | Submitted | null {
  const payload = new URLSearchParams(body.toString('utf8')).get('payload');
  try {
    const interaction = interactionSchema.safeParse(JSON.parse(payload ?? ''));
    return interaction.success ? interaction.data : null;
  } catch {
    return null;
  }
}
