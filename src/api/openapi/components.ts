import {
  activationRequestSchema,
  actionListSchema,
  actionViewSchema,
  agentAnswerRequestSchema,
  approvalBackgroundSchema,
  approvalGroupListSchema,
  approvalListSchema,
  approvalViewSchema,
  auditEntryListSchema,
  auditEntrySchema,
  bulkVerdictAnswerSchema,
  bulkVerdictRequestSchema,
  cancelRequestSchema,
  checkpointListSchema,
  checkpointSchema,
  claimRequestSchema,
  fieldErrorSchema,
  grantListSchema,
  grantViewSchema,
  guardAnswerSchema,
  guardRequestSchema,
  keyListSchema,
  keyRequestSchema,
  keyViewSchema,
  liftStopRequestSchema,
  madeKeySchema,
  noticeDeliverySchema,
  noticeListSchema,
  outcomeReportSchema,
  permitSchema,
  policyStateSchema,
  policyVersionListSchema,
  policyVersionViewSchema,
  principalListSchema,
  principalViewSchema,
  PROBLEMS,
  problemSchema,
  revokeGrantRequestSchema,
  rotateKeyRequestSchema,
  secondLookRequestSchema,
  settlementSchema,
  stoppedActionListSchema,
  stopListSchema,
  stopViewSchema,
  throwStopRequestSchema,
  timelineEntrySchema,
  verdictKeyListSchema,
  verdictRequestSchema,
} from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { reconciliationListSchema } from '../../reconcile/wire.ts';
import {
  acceptAnswerSchema,
  acceptRequestSchema,
  capabilityDetailSchema,
  capabilityListSchema,
  importAnswerSchema,
  importRequestSchema,
  inventoryDiffSchema,
} from '../../inventory/wire.ts';
import { explanationSchema as actionExplanationSchema } from '../../policy/explain/explanation.ts';
import { explainRequestSchema } from '../../policy/explain/request.ts';
import { simulationReportSchema } from '../../policy/simulate/report.ts';
import { simulateRequestSchema } from '../../policy/simulate/request.ts';
import { suggestionsSchema } from '../../policy/suggest/suggestion.ts';
import { EXAMPLES } from './examples.ts';

export type JsonSchema = Record<string, unknown>;

const healthSchema = z.object({ status: z.literal('ok'), version: z.string() });
const readinessSchema = z.object({
  ready: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), says: z.string() })),
});
const explanationSchema = z.object({
  type: z.string(),
  code: z.string(),
  status: z.number(),
  retry: z.boolean(),
  title: z.string(),
  advice: z.string(),
});
const knownProblemSchema = problemSchema.extend({ code: z.enum(Object.keys(PROBLEMS) as [string, ...string[]]) });

const REQUESTS = {
  GuardRequest: guardRequestSchema,
  ClaimRequest: claimRequestSchema,
  OutcomeReport: outcomeReportSchema,
  CancelRequest: cancelRequestSchema,
  VerdictRequest: verdictRequestSchema,
  BulkVerdictRequest: bulkVerdictRequestSchema,
  AgentAnswerRequest: agentAnswerRequestSchema,
  KeyRequest: keyRequestSchema,
  RotateKeyRequest: rotateKeyRequestSchema,
  SecondLookRequest: secondLookRequestSchema,
  RevokeGrantRequest: revokeGrantRequestSchema,
  ActivationRequest: activationRequestSchema,
  ExplainRequest: explainRequestSchema,
  SimulateRequest: simulateRequestSchema,
  ImportRequest: importRequestSchema,
  AcceptRequest: acceptRequestSchema,
  ThrowStopRequest: throwStopRequestSchema,
  LiftStopRequest: liftStopRequestSchema,
} as const;

const ANSWERS = {
  GuardAnswer: guardAnswerSchema,
  ActionView: actionViewSchema,
  ActionList: actionListSchema,
  ApprovalView: approvalViewSchema,
  ApprovalGroupList: approvalGroupListSchema,
  ApprovalList: approvalListSchema,
  BulkVerdictAnswer: bulkVerdictAnswerSchema,
  ApprovalBackground: approvalBackgroundSchema,
  AuditEntry: auditEntrySchema,
  AuditEntryList: auditEntryListSchema,
  Checkpoint: checkpointSchema,
  CheckpointList: checkpointListSchema,
  GrantView: grantViewSchema,
  GrantList: grantListSchema,
  KeyView: keyViewSchema,
  MadeKey: madeKeySchema,
  KeyList: keyListSchema,
  PrincipalView: principalViewSchema,
  PrincipalList: principalListSchema,
  NoticeDelivery: noticeDeliverySchema,
  NoticeList: noticeListSchema,
  Permit: permitSchema,
  Settlement: settlementSchema,
  TimelineEntry: timelineEntrySchema,
  PolicyState: policyStateSchema,
  PolicyVersionList: policyVersionListSchema,
  PolicyVersionView: policyVersionViewSchema,
  Explanation: actionExplanationSchema,
  ReconciliationList: reconciliationListSchema,
  SimulationReport: simulationReportSchema,
  Suggestions: suggestionsSchema,
  CapabilityList: capabilityListSchema,
  CapabilityDetail: capabilityDetailSchema,
  InventoryDiff: inventoryDiffSchema,
  ImportAnswer: importAnswerSchema,
  AcceptAnswer: acceptAnswerSchema,
  StopView: stopViewSchema,
  StopList: stopListSchema,
  StoppedActionList: stoppedActionListSchema,
  VerdictKeyList: verdictKeyListSchema,
  FieldError: fieldErrorSchema,
  Problem: knownProblemSchema,
  ProblemExplanation: explanationSchema,
  Health: healthSchema,
  Readiness: readinessSchema,
} as const;

export type ComponentName = keyof typeof REQUESTS | keyof typeof ANSWERS;

/** The schemas under `#/components/schemas`: requests as they may be sent, answers as they come. */
export function componentSchemas(): Record<string, JsonSchema> {
  const schemas = { ...toComponents(REQUESTS, 'input'), ...toComponents(ANSWERS, 'output') };
  for (const [name, example] of Object.entries(EXAMPLES)) {
    const schema = schemas[name];
    if (schema) schema['examples'] = [example];
  }
  return schemas;
}

/** One schema in place, for parameters. */
export function inlineSchema(schema: z.ZodType): JsonSchema {
  return plain(z.toJSONSchema(schema, { io: 'input' })) as JsonSchema;
}

function toComponents(named: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ zodSchema, jsonSchema }) => {
      const def = zodSchema._zod.def;
      // Answers may grow: a client that holds them against this description must take fields that it does not know.
      if (io === 'output' && def.type === 'object' && !def.catchall) delete jsonSchema.additionalProperties;
    },
  });
  const kept = Object.entries(schemas).filter(([name]) => name in named);
  return Object.fromEntries(kept.map(([name, schema]) => [name, plain(schema) as JsonSchema]));
}

/** Leaves out what has no meaning inside an OpenAPI document. zod shares "any JSON" by a reference of its own: that is `{}`. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(
    ([key, each]) =>
      !['$schema', '$id', '~standard'].includes(key) && !(key === '$ref' && String(each).includes('__shared')),
  );
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]));
}
