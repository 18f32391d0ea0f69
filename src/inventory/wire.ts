import {
  actionStatusSchema,
  classificationSchema,
  outcomeSchema,
  riskFactorSchema,
  severitySchema,
  toolSchema,
} from '@gatehouse/sdk/contract';
import { z } from 'zod';

export const sourceKindSchema = z.enum(['mcp', 'openapi', 'tools']);
export const capabilityStatusSchema = z
  .enum(['new', 'changed', 'accepted', 'gone'])
  .meta({ description: 'new: nobody has looked; changed since somebody did, or since it came; gone from its source' });
export type CapabilityStatus = z.infer<typeof capabilityStatusSchema>;

/** A tool as its server describes it. */
export const definitionSchema = toolSchema.omit({ server: true });

const server = toolSchema.shape.server.unwrap();
const reason = z.string().trim().min(1).max(2000).meta({ description: 'Goes on record' });
const id = z.string().min(3).max(2000).meta({ description: 'Server and name, with a slash in between' });
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'a digest such as sha256:3f1c…, as it was shown');

/** Body of `POST /api/v1/inventory/imports`: everything that one server offers now. */
export const importRequestSchema = z.strictObject({
  server: server.meta({ description: 'As agents name it, in `tool.server` or as the target' }),
  source: z.strictObject({
    kind: sourceKindSchema,
    location: z.string().min(1).max(1000).meta({ description: 'Where it was read, without secrets' }),
    version: z.string().max(200).optional(),
  }),
  capabilities: z.array(definitionSchema).max(5000),
});
export type ImportRequest = z.infer<typeof importRequestSchema>;

export const importAnswerSchema = z.object({
  server: z.string(),
  new: z.array(z.string()),
  changed: z.array(z.string()),
  gone: z.array(z.string()),
  unchanged: z.int(),
});
export type ImportAnswer = z.infer<typeof importAnswerSchema>;

/** Body of `POST /api/v1/inventory/accept`. */
export const acceptRequestSchema = z.strictObject({
  capabilities: z.array(z.strictObject({ id, digest })).min(1).max(5000),
  reason,
});
export type AcceptRequest = z.infer<typeof acceptRequestSchema>;

export const acceptAnswerSchema = z.object({ accepted: z.array(z.string()), removed: z.array(z.string()) });
export type AcceptAnswer = z.infer<typeof acceptAnswerSchema>;

export const capabilitySchema = z.object({
  id: z.string(),
  server: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  status: capabilityStatusSchema,
  origin: z.enum(['import', 'traffic']).meta({ description: 'traffic: actions used it, and no import knows it' }),
  digest: z.string().nullable(),
  classification: classificationSchema,
  riskScore: z.number(),
  severity: severitySchema,
  riskFactors: z.array(riskFactorSchema),
  outcome: outcomeSchema.meta({ description: 'Of a call without arguments, under the policy in force' }),
  rule: z.string().nullable().meta({ description: 'The rule that covers it; null where only the default does' }),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  uses: z.int(),
  outcomes: z.partialRecord(actionStatusSchema, z.int()),
  accepted: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
});
export type Capability = z.infer<typeof capabilitySchema>;

const difference = z.object({ part: z.string(), before: z.string().nullable(), after: z.string().nullable() });
/** One capability with its definition, and where it differs from the one that was looked at. */
export const capabilityDetailSchema = capabilitySchema.extend({
  definition: definitionSchema.nullable(),
  differences: z.array(difference),
});
export type CapabilityDetail = z.infer<typeof capabilityDetailSchema>;
export type Difference = z.infer<typeof difference>;

export const sourceSchema = z.object({
  server: z.string(),
  kind: sourceKindSchema,
  location: z.string(),
  version: z.string().nullable(),
  importedAt: z.string(),
  importedBy: z.string(),
});

export const capabilityListSchema = z.object({
  capabilities: z.array(capabilitySchema),
  sources: z.array(sourceSchema),
  nextCursor: z.string().nullable(),
});
export type CapabilityList = z.infer<typeof capabilityListSchema>;

export const inventoryDiffSchema = z.object({
  capabilities: z.array(capabilityDetailSchema),
  nextCursor: z.string().nullable(),
});
export type InventoryDiff = z.infer<typeof inventoryDiffSchema>;
