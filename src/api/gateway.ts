import type {
  ActionList,
  ActionStatus,
  ActionView,
  AgentAnswerRequest,
  ApprovalBackground,
  ApprovalGroupList,
  ApprovalList,
  ApprovalStatus,
  ApprovalView,
  BulkVerdictAnswer,
  BulkVerdictRequest,
  GuardAnswer,
  OutcomeReport,
  ParsedGuardRequest,
  SecondLookRequest,
  Severity,
  VerdictKeyList,
  VerdictRequest,
} from '@gatehouse/sdk/contract';
import type { Role } from '../access/roles.ts';
import type { Scopes } from '../access/scopes.ts';
import type { AuditGateway } from './audit-gateway.ts';
import type { GrantsGateway } from './grants-gateway.ts';
import type { InventoryGateway } from './inventory-gateway.ts';
import type { KeysGateway } from './keys-gateway.ts';
import type { NoticesGateway } from './notices-gateway.ts';
import type { PolicyGateway } from './policy-gateway.ts';
import type { PolicyToolsGateway } from './policy-tools-gateway.ts';
import type { StopsGateway } from './stops-gateway.ts';
import type { ReconciliationGateway } from './reconciliation-gateway.ts';

/** Who is calling, as its key or sign-in says. Identity never comes from a body. */
export interface Caller {
  principal: string;
  role: Role;
  team?: string | null;
  tags?: string[];
  /** The groups of a person, for the terms of approvals. */
  groups?: string[];
  /** Who answers for an agent. */
  owner?: string | null;
  /** Where an agent runs, e.g. `production`. */
  environment?: string | null;
  /** On whose behalf an agent acts: its parent first, then that one's. */
  chain?: string[];
  /** What a key is narrowed to; a key without them may do all that its role may. */
  scopes?: Scopes | null;
  /** When a person last proved who they are, in milliseconds since the epoch. */
  authenticatedAt?: number;
  /** How the caller proved who it is. */
  via?: 'key' | 'link' | 'oidc' | 'jwt';
}

export interface WaitOptions {
  /** How long to wait for a change, in seconds. 0 answers at once. */
  waitSeconds: number;
  /** Ends the wait early, e.g. when the client has gone. */
  signal: AbortSignal;
  /** Looks up again who waits, before anything is told or handed over after a wait; throws where that is nobody any more. */
  confirm?: () => Promise<void>;
}

export interface ListOptions<Status> {
  status?: Status;
  agent?: string;
  limit: number;
  cursor?: string;
}

/** What of the questions to list, and in which order. */
export interface ApprovalListOptions extends ListOptions<ApprovalStatus> {
  /** Only open ones in which the caller has a say now. */
  mine?: boolean;
  severity?: Severity;
  /** Only break-glass approvals that nobody else has looked at yet. */
  secondLook?: 'missing';
  /** newest where it is left out. */
  order?: ApprovalOrder;
  /** Only open ones that are alike, by the key of their group. */
  group?: string;
}

/** Which open questions to list, those that are alike as one. */
export type ApprovalGroupOptions = Omit<ApprovalListOptions, 'status' | 'secondLook' | 'group'>;

export type ApprovalOrder = 'newest' | 'oldest' | 'riskiest';

export interface ApprovalWait extends WaitOptions {
  claimId?: string | false;
  /** Ends the wait as soon as there are more questions to the agent than so many. */
  questions?: number;
}

/** What the HTTP routes call. Every method throws `GateProblem` for what it refuses, and nothing else on purpose. */
export interface Gateway {
  guard(
    caller: Caller,
    request: ParsedGuardRequest,
    idempotencyKey?: string,
    /** The caller's `traceparent`. */
    trace?: string,
  ): Promise<{ answer: GuardAnswer; replayed: boolean }>;
  action(caller: Caller, actionId: string, wait: WaitOptions): Promise<ActionView>;
  actions(caller: Caller, options: ListOptions<ActionStatus>): Promise<ActionList>;
  claim(caller: Caller, actionId: string, claimId: string): Promise<GuardAnswer>;
  report(caller: Caller, actionId: string, report: OutcomeReport): Promise<ActionView>;
  cancel(caller: Caller, actionId: string, reason?: string): Promise<ActionView>;
  /**
   * The approval, after waiting while it is pending. When the agent that asked reads `approved`, it is handed the permit
   * under `claimId` (one is made for a caller that gives none), unless `claimId` is false.
   */
  approval(caller: Caller, approvalId: string, wait: ApprovalWait): Promise<ApprovalView>;
  approvals(caller: Caller, options: ApprovalListOptions): Promise<ApprovalList>;
  approvalGroups(caller: Caller, options: ApprovalGroupOptions): Promise<ApprovalGroupList>;
  verdict(caller: Caller, approvalId: string, verdict: VerdictRequest): Promise<ApprovalView>;
  /** Puts on record that the body of a verdict named by itself what comes from the key and the path alone. */
  refuseNamed(caller: Caller, approvalId: string, fields: readonly string[]): Promise<void>;
  /** One verdict on exactly the listed approvals at the listed digests, each on its own. */
  verdicts(caller: Caller, given: BulkVerdictRequest): Promise<BulkVerdictAnswer>;
  /** What the agent says to a reviewer's question. Only the agent that asked for the action. */
  answer(caller: Caller, approvalId: string, given: AgentAnswerRequest): Promise<ApprovalView>;
  /** Puts on record that somebody else has looked at a break-glass approval. */
  secondLook(caller: Caller, approvalId: string, given: SecondLookRequest): Promise<ApprovalView>;
  /** What helps to decide beside the call itself. Reviewers and admins only. */
  background(caller: Caller, approvalId: string): Promise<ApprovalBackground>;
  audit: AuditGateway;
  grants: GrantsGateway;
  inventory: InventoryGateway;
  keys: KeysGateway;
  notices: NoticesGateway;
  policy: PolicyGateway;
  policyTools: PolicyToolsGateway;
  stops: StopsGateway;
  /** The public keys that verdicts were ever signed with. For anybody. */
  verdictKeys(): Promise<VerdictKeyList>;
  reconciliation: ReconciliationGateway;
  /** Each dependency by name, and whether it answers. */
  readiness(): Promise<{ ready: boolean; checks: Record<string, { ok: boolean; says: string }> }>;
}
