import { proxyActivities } from '@temporalio/workflow';
import type { StopActivities } from '../activities/carry-out-stop.ts';

/** As often as it takes: a stop that is in force is carried out, and each attempt goes on where the one before ended. */
const { endCovered, tellWorkflows } = proxyActivities<StopActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/**
 * Carries an emergency stop out to its end, whatever dies meanwhile: nothing that it covers is left open in the record, and
 * the workflows of all that it ended know that they are over.
 */
export async function carryOutStop({ stopId }: { stopId: string }): Promise<{ left: number }> {
  const { left } = await endCovered({ stopId });
  await tellWorkflows({ stopId });
  return { left };
}
