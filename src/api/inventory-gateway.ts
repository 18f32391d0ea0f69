import type {
  AcceptAnswer,
  AcceptRequest,
  CapabilityDetail,
  CapabilityList,
  CapabilityStatus,
  ImportAnswer,
  ImportRequest,
  InventoryDiff,
} from '../inventory/wire.ts';
import type { Caller } from './gateway.ts';

export interface InventoryListOptions {
  server?: string | undefined;
  status?: CapabilityStatus | undefined;
  origin?: 'import' | 'traffic' | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** What the routes of the inventory call. Every method throws `GateProblem` for what it refuses. */
export interface InventoryGateway {
  import(caller: Caller, given: ImportRequest): Promise<ImportAnswer>;
  list(caller: Caller, options: InventoryListOptions): Promise<CapabilityList>;
  diff(caller: Caller, options: InventoryListOptions): Promise<InventoryDiff>;
  show(caller: Caller, id: string): Promise<CapabilityDetail>;
  accept(caller: Caller, given: AcceptRequest): Promise<AcceptAnswer>;
}
