import type { ReconciliationList } from '../reconcile/wire.ts';
import type { Caller } from './gateway.ts';

/** How the comparisons of Temporal with the record came out, as the route calls for it. */
export interface ReconciliationGateway {
  /** The last comparisons, the newest first. For those who may read the record of all. */
  list(caller: Caller, options: { limit: number }): Promise<ReconciliationList>;
}
