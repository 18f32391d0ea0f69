import { z } from 'zod';

const digestSchema = z.string().meta({ description: '`sha256:` and the hex digest of the text' });

/** One thing in which a policy is looser than the one before it, or may be. */
export const looseningSchema = z.object({
  rule: z.string().nullable().meta({ description: 'Its id; null for the defaults' }),
  what: z.enum(['shadowed', 'removed', 'weakened', 'changed', 'allows', 'defaults']),
  says: z.string(),
});
export type Loosening = z.infer<typeof looseningSchema>;

/** A policy came into force: who saw to it, why and when, and what it loosened. */
export const activationSchema = z.object({
  seq: z.number().meta({ description: 'From 1, in the order in which they came' }),
  digest: digestSchema,
  previous: digestSchema.nullable().meta({ description: 'What was in force before; null for the first' }),
  pinned: z.boolean().meta({ description: 'The stored text holds; false: the files of the folder do' }),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
  loosened: z.array(looseningSchema),
});
export type Activation = z.infer<typeof activationSchema>;

/** Answer of `GET /api/v1/policy`: what holds now, and where it comes from. */
export const policyStateSchema = z.object({
  ok: z.boolean().meta({ description: 'false: there is no usable policy, and everything is refused' }),
  digest: digestSchema,
  says: z.string().nullable().meta({ description: 'Why there is none' }),
  rules: z.int(),
  pinned: z.boolean(),
  activation: activationSchema.nullable(),
  folder: z.object({ digest: digestSchema.nullable(), problems: z.array(z.string()) }).meta({
    description: 'What the files would have in force',
  }),
});
export type PolicyState = z.infer<typeof policyStateSchema>;

export const policyVersionSchema = z.object({
  digest: digestSchema,
  firstSeenAt: z.string(),
  inForce: z.boolean(),
});
export type PolicyVersion = z.infer<typeof policyVersionSchema>;

/** Answer of `GET /api/v1/policy/versions`. */
export const policyVersionListSchema = z.object({
  versions: z.array(policyVersionSchema),
  activations: z.array(activationSchema),
});
export type PolicyVersionList = z.infer<typeof policyVersionListSchema>;

/** Answer of `GET /api/v1/policy/versions/{digest}`. */
export const policyVersionViewSchema = policyVersionSchema.extend({
  text: z.string().meta({ description: 'Defaults and rules as canonical JSON: its SHA-256 is the digest' }),
  activations: z.array(activationSchema),
});
export type PolicyVersionView = z.infer<typeof policyVersionViewSchema>;

/** Body of `POST /api/v1/policy/activations`. */
export const activationRequestSchema = z
  .strictObject({
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{8,64}$/, 'sha256: and at least 8 hex digits of a stored policy')
      .optional()
      .meta({ description: 'Pins the stored policy of this digest, or of the one that begins like this' }),
    folder: z.literal(true).optional().meta({ description: 'Lifts the pin: the files of the folder hold again' }),
    rollback: z.literal(true).optional().meta({ description: 'Pins the policy that was in force before this one' }),
    reason: z.string().min(1).max(2000).meta({ description: 'Why; goes on record' }),
    loosens: z
      .boolean()
      .optional()
      .meta({ description: 'Allows it to loosen the policy, e.g. to put an enforced rule into shadow' }),
  })
  .refine((body) => [body.digest, body.folder, body.rollback].filter((each) => each !== undefined).length === 1, {
    error: 'must have one of digest, folder and rollback',
  });
export type ActivationRequest = z.infer<typeof activationRequestSchema>;
