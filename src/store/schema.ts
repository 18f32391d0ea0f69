import type { ActionStatus, ApprovalStatus, Mode, Outcome, Severity } from '@gatehouse/sdk/contract';
import type { EventKind } from '../audit/events.ts';
import type { Generated } from 'kysely';

/** Times are milliseconds since the epoch; `*_json` columns are JSON text; flags are 0 or 1. The same on both databases. */
export interface ActionsTable {
  id: string;
  agent: string;
  type: string;
  target: string;
  context_json: string;
  digest: string;
  purpose: string | null;
  mode: Mode;
  request_id: string;
  lease_seconds: number;
  requested_at: number;
  outcome: Outcome;
  judgement_json: string;
  risk_score: number;
  severity: Severity;
  policy_digest: string;
  decided_at: number;
  decided_by: string;
  status: ActionStatus;
  /** Grows by one with every change, so that a waiter can tell that something happened. */
  version: number;
  approval_id: string | null;
  claim_id: string | null;
  claimed_at: number | null;
  permit_until: number | null;
  /** The policy under which the permit was given; a claim under another is judged again. */
  permit_policy: string | null;
  settled_at: number | null;
  settle_reason: string | null;
  result_json: string | null;
  error: string | null;
}

export interface ApprovalsTable {
  id: string;
  action_id: string;
  agent: string;
  round: number;
  status: ApprovalStatus;
  requested_at: number;
  expires_at: number;
  action_digest: string;
  policy_digest: string;
  judgement_json: string;
  resolved_at: number | null;
  resolved_by: string | null;
  comment: string | null;
  unsigned: number;
}

export interface EventsTable {
  seq: Generated<number>;
  action_id: string;
  key: string;
  kind: EventKind;
  actor: string;
  at: number;
  data_json: string;
}

export interface KeysTable {
  id: string;
  prefix: string;
  hash: string;
  principal: string;
  role: string;
  created_at: number;
  revoked_at: number | null;
}

export interface VerdictKeysTable {
  id: string;
  public_key: string;
  created_at: number;
}

export interface PolicyVersionsTable {
  digest: string;
  text: string;
  first_seen_at: number;
}

export interface Tables {
  actions: ActionsTable;
  approvals: ApprovalsTable;
  events: EventsTable;
  keys: KeysTable;
  verdict_keys: VerdictKeysTable;
  policy_versions: PolicyVersionsTable;
}
