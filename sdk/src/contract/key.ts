import { z } from 'zod';

/** What a key or a sign-in may do here, from the one that may do most to the one that acts. */
export const roleSchema = z.enum(['owner', 'admin', 'reviewer', 'auditor', 'viewer', 'agent']);

const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w.@+-]{0,99}$/, 'up to 100 letters, digits and . _ @ + -, a letter or digit first');
const namesSchema = z.array(nameSchema).max(50);
const patternsSchema = z.array(z.string().min(1).max(500)).min(1).max(50);

/** What a key is narrowed to within its role. What is left out narrows nothing. */
export const scopesSchema = z.strictObject({
  actions: patternsSchema.optional().meta({ description: 'Types of action that it may ask for; * for any text' }),
  targets: patternsSchema.optional().meta({ description: 'Targets of these; * for any text' }),
  readOnly: z.boolean().optional().meta({ description: 'It may look, and do nothing else' }),
});

/** Body of `POST /api/v1/keys`. */
export const keyRequestSchema = z.strictObject({
  role: roleSchema,
  name: nameSchema.meta({ description: 'Who holds it. A name is an agent or a person, never both' }),
  team: nameSchema.optional(),
  tags: namesSchema.optional().meta({ description: 'Labels that rules may match' }),
  groups: namesSchema.optional().meta({ description: 'Groups of a person, which approvals may name' }),
  scopes: scopesSchema.optional(),
  expiresInSeconds: z
    .int()
    .min(1)
    .max(365 * 86_400)
    .optional()
    .meta({ description: 'It is refused after that; without it, it holds until somebody revokes it' }),
});
export type KeyRequest = z.infer<typeof keyRequestSchema>;

/** Body of `POST /api/v1/keys/{id}/rotate`. */
export const rotateKeyRequestSchema = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(86_400)
    .meta({ description: 'How long the old key goes on' }),
});
export type RotateKeyRequest = z.infer<typeof rotateKeyRequestSchema>;

/** A key, without the key itself. */
export const keyViewSchema = z.object({
  keyId: z.string(),
  prefix: z.string().meta({ description: 'How the key begins' }),
  role: roleSchema,
  name: z.string(),
  team: z.string().nullable(),
  tags: z.array(z.string()),
  groups: z.array(z.string()),
  scopes: scopesSchema.nullable(),
  madeAt: z.string(),
  madeBy: z.string().nullable(),
  lastUsedAt: z.string().nullable().meta({ description: 'To the minute' }),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  replacedBy: z.string().nullable().meta({ description: 'The keyId of the key that takes its place' }),
  live: z.boolean().meta({ description: 'Neither revoked nor expired, and nobody behind it is disabled' }),
});
export type KeyView = z.infer<typeof keyViewSchema>;

/** Answer to the making of a key. */
export const madeKeySchema = keyViewSchema.extend({
  key: z.string().meta({ description: 'The key itself, shown here and never again' }),
});
export type MadeKeyView = z.infer<typeof madeKeySchema>;

/** Answer of `GET /api/v1/keys`. */
export const keyListSchema = z.object({ keys: z.array(keyViewSchema) });
export type KeyList = z.infer<typeof keyListSchema>;

/** Somebody who is known here by name. */
export const principalViewSchema = z.object({
  name: z.string(),
  kind: z.enum(['agent', 'person', 'service']),
  owner: z.string().nullable().meta({ description: 'Who answers for it' }),
  team: z.string().nullable(),
  tags: z.array(z.string()),
  environment: z.string().nullable(),
  parent: z.string().nullable().meta({ description: 'The agent on whose behalf it acts' }),
  knownSince: z.string(),
  disabledAt: z.string().nullable(),
});
export type PrincipalView = z.infer<typeof principalViewSchema>;

/** Answer of `GET /api/v1/principals`. */
export const principalListSchema = z.object({ principals: z.array(principalViewSchema) });
export type PrincipalList = z.infer<typeof principalListSchema>;
