import { reconciliationSchema, type ReconciliationList } from '../../reconcile/wire.ts';
import { listReconciliations } from '../../store/reconciliations.ts';
import type { Caller } from '../gateway.ts';
import { permit } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';

/** The last comparisons of Temporal with the record, the newest first. */
export async function reconciliations(
  deps: GatewayDeps,
  caller: Caller,
  { limit }: { limit: number },
): Promise<ReconciliationList> {
  permit(caller, 'audit.read');
  const rows = await listReconciliations(deps.store, limit);
  return { reconciliations: rows.map(({ report_json: json }) => reconciliationSchema.parse(JSON.parse(json))) };
}
