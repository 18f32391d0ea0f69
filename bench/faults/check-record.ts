import { verifyRecord } from '../../src/audit/verify/verify.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { Bed } from './bed.ts';
import type { Violation } from './check.ts';

/** The default task queue: the harness sets none. */
const TASK_QUEUE = 'gatehouse';

/**
 * Holds the record to what the product itself says of it: the chain and all that hangs on it verifies, and Temporal and the
 * record agree on every action, histories read along.
 */
export async function checkRecord(bed: Bed, violated: (kind: Violation, says: string) => void): Promise<void> {
  const { findings } = await verifyRecord(bed.store);
  for (const { code, says } of findings) violated('misrecorded', `audit verify: ${code}: ${says}`);
  const { listed } = await reconcile(
    { store: bed.store, temporal: { client: bed.client, taskQueue: TASK_QUEUE } },
    { since: null, graceMs: 0, histories: true, now: Date.now() },
  );
  for (const { kind, actionId } of listed) violated('misrecorded', `audit reconcile: ${actionId}: ${kind}`);
}
