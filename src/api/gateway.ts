import type {
  ActionList,
  ActionStatus,
  ActionView,
  ApprovalList,
  ApprovalStatus,
  ApprovalView,
  GuardAnswer,
  OutcomeReport,
  ParsedGuardRequest,
  VerdictRequest,
} from '@gatehouse/sdk/contract';
import type { InventoryGateway } from './inventory-gateway.ts';
import type { PolicyGateway } from './policy-gateway.ts';
import type { PolicyToolsGateway } from './policy-tools-gateway.ts';

export type Role = 'agent' | 'reviewer' | 'admin';

/** Who is calling, as its key says. Identity never comes from a body. */
export interface Caller {
  principal: string;
  role: Role;
  team?: string | null;
  tags?: string[];
}

export interface WaitOptions {
  /** How long to wait for a change, in seconds. 0 answers at once. */
  waitSeconds: number;
  /** Ends the wait early, e.g. when the client has gone. */
  signal: AbortSignal;
}

export interface ListOptions<Status> {
  status?: Status;
  agent?: string;
  limit: number;
  cursor?: string;
}

/** What the HTTP routes call. Every method throws `GateProblem` for what it refuses, and nothing else on purpose. */
export interface Gateway {
  guard(
    caller: Caller,
    request: ParsedGuardRequest,
    idempotencyKey?: string,
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
  approval(caller: Caller, approvalId: string, wait: WaitOptions & { claimId?: string | false }): Promise<ApprovalView>;
  approvals(caller: Caller, options: ListOptions<ApprovalStatus>): Promise<ApprovalList>;
  verdict(caller: Caller, approvalId: string, verdict: VerdictRequest): Promise<ApprovalView>;
  inventory: InventoryGateway;
  policy: PolicyGateway;
  policyTools: PolicyToolsGateway;
  /** Each dependency by name, and whether it answers. */
  readiness(): Promise<{ ready: boolean; checks: Record<string, { ok: boolean; says: string }> }>;
}
