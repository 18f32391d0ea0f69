import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import type { carryOutStop } from '../workflows/carry-out-stop.ts';
import { DEADLINE_MS } from './start.ts';

/** Has a stop carried out to its end, by a workflow of its own. One that does so already goes on; starting twice is harmless. */
export async function startCarryOut(client: Client, taskQueue: string, stopId: string): Promise<void> {
  await client.withDeadline(Date.now() + DEADLINE_MS, () =>
    client.workflow.start<typeof carryOutStop>('carryOutStop', {
      workflowId: stopId,
      taskQueue,
      args: [{ stopId }],
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      staticSummary: `carries out the emergency stop ${stopId}`,
    }),
  );
}
