import { proxyLocalActivities } from '@temporalio/workflow';
import type { GateActivities } from '../activities/gate.ts';

/**
 * The steps that read and write the record, as local activities: they run inside the workflow task and cost no commit of
 * their own. Each is idempotent by action id, because a local activity may run twice. While the store is away they are
 * tried again and the action waits.
 */
export const steps = proxyLocalActivities<GateActivities>({
  startToCloseTimeout: '10 seconds',
  localRetryThreshold: '1 minute',
  retry: { initialInterval: '50 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
});
