import type { ActionStatus, ApprovalStatus, Mode, Outcome, Severity } from '@gatehouse/sdk/contract';
import type { EventKind } from '../audit/events.ts';
import type { Generated } from 'kysely';
import type { ChainHeadTable, CheckpointKeysTable, CheckpointsTable, SealedColumns } from './chain-tables.ts';
import type { GrantsTable } from './grant-tables.ts';
import type {
  CapabilitiesTable,
  InventoryEventsTable,
  InventorySourcesTable,
  ToolDefinitionsTable,
} from './inventory-tables.ts';
import type { NoticeChannelsTable, NoticeDeliveriesTable, NoticesTable, SeenSignaturesTable } from './notice-tables.ts';
import type { LeasesTable, PlacesTable, ReconciliationsTable } from './operations-tables.ts';
import type { PrincipalsTable } from './principal-tables.ts';
import type { PeopleTable, SessionsTable, SignInsTable } from './session-tables.ts';
import type { StoppedActionsTable, StopsTable, SwitchboardTable } from './stop-tables.ts';

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
  /** The tool that is called, as the agent presented it; null where the action is not a call of one. */
  tool_json: string | null;
  session: string | null;
  /** The action's labels; null for none. */
  tags_json: string | null;
  /** What the gate knew of who asked: team, roles, labels; null for nothing. */
  asker_json: string | null;
  /** What rules about later actions look at; null for what was decided before it was kept. */
  traits_json: string | null;
  /** 1 where the action has a place on a budget, so that a move knows without a look. */
  reserved: number;
  /** The inventory's id of what the action uses; null where it is too long for one. */
  capability: string | null;
  /** The arguments that run where a reviewer has edited them, and the digest of the action with them; null otherwise. */
  run_context_json: string | null;
  run_digest: string | null;
  /** Who edited it, when, and what was judged of it then; see `Edited` in `src/decide`. */
  edit_json: string | null;
  /** When the window opens, or opened, in which it may run; null where its terms have none. */
  opens_at: number | null;
}

/** What one action takes from one budget. It is gone where nothing ran. */
export interface ReservationsTable {
  action_id: string;
  rule: string;
  /** Names the rule, whose budget it is, and what is counted. */
  budget: string;
  /** The limit that it was held against. */
  terms: string;
  amount: number;
  /** When it was claimed; far in the future while it may yet run, so that no window slides over it. */
  at: number;
}

/** Which policy came into force, in order. Only ever added to. */
export interface ActivationsTable {
  /** From 1, without a gap. */
  seq: number;
  digest: string;
  previous: string | null;
  /** 1 where the stored text holds until somebody lifts it; 0 where the folder's files do. */
  pinned: number;
  actor: string;
  reason: string;
  at: number;
  loosened_json: string;
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
  /** How far it has come: votes, parts, questions; null as long as nothing of it differs from a fresh one. */
  round_json: string | null;
  /** What the executor says that it would do. */
  preview_json: string | null;
  /** Who looked at a break-glass approval afterwards. */
  second_look_json: string | null;
  /** The reviewer's edit that the question is about; null where it is about what the agent asked. */
  edited_json: string | null;
  /** Who may answer now, and who has no say any more, as `answerersOf` writes it; empty once it is resolved. */
  answerers: string;
  /** The questions that are alike share it, see `groupOf`; empty for what was over before it was kept. */
  group_key: string;
  break_glass: number;
  risk_score: number;
  severity: Severity;
}

export interface EventsTable extends SealedColumns {
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
  team: string | null;
  tags_json: string | null;
  /** The groups of reviewers that its holder belongs to; null for none. */
  groups_json: string | null;
  /** What it is narrowed to within its role; null for nothing. */
  scopes_json: string | null;
  created_at: number;
  /** From when on it is not known any more; null for never. */
  expires_at: number | null;
  revoked_at: number | null;
  /** To the minute. */
  last_used_at: number | null;
  /** Who made it, as the record names them; null for what was there before that was kept. */
  made_by: string | null;
  /** The id of the key that takes its place. */
  replaced_by: string | null;
}

export interface VerdictKeysTable {
  id: string;
  public_key: string;
  created_at: number;
  /** From when on nothing counts that it signed; null as long as it holds. */
  revoked_at: number | null;
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
  principals: PrincipalsTable;
  verdict_keys: VerdictKeysTable;
  policy_versions: PolicyVersionsTable;
  inventory_sources: InventorySourcesTable;
  tool_definitions: ToolDefinitionsTable;
  capabilities: CapabilitiesTable;
  inventory_events: InventoryEventsTable;
  reservations: ReservationsTable;
  activations: ActivationsTable;
  sessions: SessionsTable;
  people: PeopleTable;
  sign_ins: SignInsTable;
  grants: GrantsTable;
  notices: NoticesTable;
  notice_deliveries: NoticeDeliveriesTable;
  notice_channels: NoticeChannelsTable;
  seen_signatures: SeenSignaturesTable;
  stops: StopsTable;
  stopped_actions: StoppedActionsTable;
  switchboard: SwitchboardTable;
  chain_head: ChainHeadTable;
  checkpoints: CheckpointsTable;
  checkpoint_keys: CheckpointKeysTable;
  reconciliations: ReconciliationsTable;
  leases: LeasesTable;
  places: PlacesTable;
}
