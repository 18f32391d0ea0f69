import { z } from 'zod';
import { jsonObjectSchema } from './action.ts';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits');

/** One entry of the record with its place in the chain. `docs/audit.md` says what each hash covers. */
export const auditEntrySchema = z.object({
  v: z.literal(1),
  seq: z.int().min(1).meta({ description: 'Its place in the chain, from 1 without a gap' }),
  at: z.iso.datetime(),
  kind: z.string(),
  actor: z.string(),
  action: z.string().meta({ description: "The action's id, or the name under which the record keeps other things" }),
  key: z.string().meta({ description: 'Names the entry within its action' }),
  dataDigest: sha256Schema.meta({ description: 'Over the salt and the data' }),
  prev: sha256Schema.meta({ description: 'The hash of the entry before; zeros for the first' }),
  hash: sha256Schema,
  salt: z.string().nullable().meta({ description: 'null where the data was erased' }),
  data: jsonObjectSchema.nullable().meta({ description: 'null where it was erased; an entry `redacted` says by whom' }),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Answer of `GET /api/v1/audit/events`. */
export const auditEntryListSchema = z.object({ entries: z.array(auditEntrySchema), nextCursor: z.string().nullable() });
export type AuditEntryList = z.infer<typeof auditEntryListSchema>;

/** A signed head of the chain. */
export const checkpointSchema = z.object({
  v: z.literal(1),
  size: z.int().min(1).meta({ description: 'How many entries it vouches for' }),
  hash: sha256Schema.meta({ description: 'Of the last of them' }),
  at: z.iso.datetime(),
  keyId: z.string(),
  signature: z.string().meta({ description: 'Ed25519, base64url' }),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** Answer of `GET /api/v1/audit/checkpoints`. */
export const checkpointListSchema = z.object({
  size: z.int().meta({ description: 'How many entries the chain has now' }),
  unsealed: z.int().meta({ description: 'How many wait for their place in it' }),
  checkpoints: z.array(checkpointSchema),
  keys: z.array(z.object({ keyId: z.string(), publicKey: z.string() })),
  nextCursor: z.string().nullable(),
});
export type CheckpointList = z.infer<typeof checkpointListSchema>;
