export { Gatehouse } from './client.ts';
export { DEFAULTS } from './defaults.ts';
export {
  ActionAlreadyDoneError,
  ActionBlockedError,
  ActionCancelledError,
  ActionExpiredError,
  ActionFailedError,
  ActionLapsedError,
  ActionPendingError,
  ActionRefusedError,
  ActionRejectedError,
  ActionUnknownError,
  GatehouseError,
  GateRequestError,
  GateUnavailableError,
  InvalidUsageError,
  isRetryable,
} from './errors/index.ts';
export type { UnavailableReason } from './errors/index.ts';
export type { DecideOptions, GatehouseOptions, GuardOptions, RetryOptions, RunInfo, RunOptions } from './options.ts';
export type { GatehouseWarning } from './warnings.ts';
export { isFinal } from './contract/index.ts';
export type {
  ActionStatus,
  ActionView,
  AgentQuestion,
  ApprovalProgress,
  ApprovalStatus,
  ApprovalTerms,
  ApprovalView,
  Classification,
  Edit,
  FieldError,
  GuardAnswer,
  Json,
  JsonObject,
  MatchedRule,
  Mode,
  Outcome,
  Permit,
  Problem,
  ProblemCode,
  RiskFactor,
  Settlement,
  Severity,
  TimelineEntry,
  Vote,
} from './contract/index.ts';
