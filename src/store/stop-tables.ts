import type { ActionStatus, StopScope } from '@gatehouse/sdk/contract';

/** Emergency stops, thrown and lifted. None is ever deleted. */
export interface StopsTable {
  id: string;
  scope: StopScope;
  /** What is stopped; null for everything. */
  value: string | null;
  reason: string;
  thrown_by: string;
  thrown_at: number;
  lifted_by: string | null;
  lifted_at: number | null;
  lift_reason: string | null;
  /** When the workflows of all that it stopped had been told; null until then. */
  carried_out_at: number | null;
}

/** What a stop has met: what it ended, and, with `claimed`, what was running already. */
export interface StoppedActionsTable {
  stop_id: string;
  action_id: string;
  /** Where the action stood. */
  was: ActionStatus;
  at: number;
}

/** One row. Its version grows with every stop that is thrown or lifted; whatever may run is written under one. */
export interface SwitchboardTable {
  id: number;
  version: number;
}
