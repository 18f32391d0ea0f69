/** The wire contract: the only description of what travels between an agent and the gate. */
export { approvalStageSchema, approvalTermsSchema, plainTerms, reviewersSchema } from './terms.ts';
export type { ApprovalStage, ApprovalTerms, EscalationStep, GrantLimits, Reviewers, WeeklyWindow } from './terms.ts';
export {
  classificationSchema,
  confidenceSchema,
  effectSchema,
  evidenceSchema,
  judgementSchema,
  matchedRuleSchema,
  operationSchema,
  outcomeSchema,
  reachSchema,
  riskFactorSchema,
  sensitivitySchema,
  severitySchema,
  targetKindSchema,
} from './decision.ts';
export type {
  Classification,
  Confidence,
  Effect,
  Evidence,
  Judgement,
  MatchedRule,
  Operation,
  Outcome,
  Reach,
  RiskFactor,
  Sensitivity,
  Severity,
  TargetKind,
} from './decision.ts';
export {
  actionListSchema,
  actionStatusSchema,
  actionViewSchema,
  cancelRequestSchema,
  claimRequestSchema,
  guardAnswerSchema,
  guardRequestSchema,
  idempotencyKeySchema,
  isFinal,
  jsonObjectSchema,
  modeSchema,
  outcomeReportSchema,
  permitSchema,
  settlementSchema,
  timelineEntrySchema,
  toolSchema,
} from './action.ts';
export type {
  ActionList,
  ActionStatus,
  ActionView,
  CancelRequest,
  ClaimRequest,
  Edit,
  GuardAnswer,
  GuardRequest,
  Json,
  JsonObject,
  Mode,
  OutcomeReport,
  ParsedGuardRequest,
  Permit,
  Settlement,
  TimelineEntry,
  Tool,
} from './action.ts';
export {
  agentAnswerRequestSchema,
  approvalBackgroundSchema,
  approvalListSchema,
  approvalProgressSchema,
  approvalStatusSchema,
  approvalViewSchema,
  behindAgentSchema,
  bulkVerdictAnswerSchema,
  bulkVerdictRequestSchema,
  grantRequestSchema,
  secondLookRequestSchema,
  verdictRequestSchema,
  verdictWordSchema,
} from './approval.ts';
export type {
  AgentAnswerRequest,
  AgentQuestion,
  ApprovalBackground,
  ApprovalList,
  ApprovalProgress,
  ApprovalStatus,
  ApprovalView,
  BehindAgent,
  BulkVerdictAnswer,
  BulkVerdictRequest,
  GrantRequest,
  SecondLookRequest,
  VerdictRequest,
  VerdictWord,
  Vote,
} from './approval.ts';
export { approvalGroupListSchema, approvalGroupSchema } from './approval-group.ts';
export type { ApprovalGroup, ApprovalGroupList } from './approval-group.ts';
export { grantListSchema, grantViewSchema, revokeGrantRequestSchema } from './grant.ts';
export type { GrantList, GrantView, RevokeGrantRequest } from './grant.ts';
export { deliveryStateSchema, noticeDeliverySchema, noticeListSchema } from './notice.ts';
export type { DeliveryState, NoticeDelivery, NoticeList } from './notice.ts';
export { fieldErrorSchema, PROBLEMS, problemSchema } from './problem.ts';
export type { FieldError, Problem, ProblemCode } from './problem.ts';
export {
  activationRequestSchema,
  activationSchema,
  looseningSchema,
  policyStateSchema,
  policyVersionListSchema,
  policyVersionSchema,
  policyVersionViewSchema,
} from './policy.ts';
export type {
  Activation,
  ActivationRequest,
  Loosening,
  PolicyState,
  PolicyVersion,
  PolicyVersionList,
  PolicyVersionView,
} from './policy.ts';
export {
  liftStopRequestSchema,
  stoppedActionListSchema,
  stopListSchema,
  stopScopeSchema,
  stopViewSchema,
  throwStopRequestSchema,
} from './stop.ts';
export type {
  LiftStopRequest,
  StopList,
  StoppedAction,
  StoppedActionList,
  StopScope,
  StopView,
  ThrowStopRequest,
} from './stop.ts';
export { verdictKeyListSchema, verdictKeySchema } from './verdict-key.ts';
export type { PublishedVerdictKey, VerdictKeyList } from './verdict-key.ts';
export {
  keyListSchema,
  keyRequestSchema,
  keyViewSchema,
  madeKeySchema,
  principalListSchema,
  principalViewSchema,
  roleSchema,
  rotateKeyRequestSchema,
  scopesSchema,
} from './key.ts';
export type {
  KeyList,
  KeyRequest,
  KeyView,
  MadeKeyView,
  PrincipalList,
  PrincipalView,
  RotateKeyRequest,
} from './key.ts';
export { auditEntryListSchema, auditEntrySchema, checkpointListSchema, checkpointSchema } from './audit.ts';
export type { AuditEntry, AuditEntryList, Checkpoint, CheckpointList } from './audit.ts';
