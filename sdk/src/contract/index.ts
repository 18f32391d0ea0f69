/** The wire contract: the only description of what travels between an agent and the gate. */
export {
  approvalTermsSchema,
  classificationSchema,
  effectSchema,
  judgementSchema,
  matchedRuleSchema,
  operationSchema,
  outcomeSchema,
  riskFactorSchema,
  severitySchema,
  targetKindSchema,
} from './decision.ts';
export type {
  ApprovalTerms,
  Classification,
  Effect,
  Judgement,
  MatchedRule,
  Operation,
  Outcome,
  RiskFactor,
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
} from './action.ts';
export type {
  ActionList,
  ActionStatus,
  ActionView,
  CancelRequest,
  ClaimRequest,
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
} from './action.ts';
export { approvalListSchema, approvalStatusSchema, approvalViewSchema, verdictRequestSchema } from './approval.ts';
export type { ApprovalList, ApprovalStatus, ApprovalView, VerdictRequest } from './approval.ts';
export { fieldErrorSchema, PROBLEMS, problemSchema } from './problem.ts';
export type { FieldError, Problem, ProblemCode } from './problem.ts';
