import { setTimeout as pause } from 'node:timers/promises';
import type { TemporalLink } from '../src/temporal/connect.ts';
import { now } from './clock.ts';

const POLL_MS = 100;
const BOUND_MS = 120_000;

/**
 * Waits until no workflow runs any more: everything that was started is settled. Resolves with the moment at which that
 * was first seen. Throws after two minutes.
 */
export async function untilSettled({ connection, namespace }: TemporalLink): Promise<number> {
  const deadline = now() + BOUND_MS;
  let since: number | undefined;
  for (;;) {
    const seen = now();
    const { count } = await connection.workflowService.countWorkflowExecutions({
      namespace,
      query: "ExecutionStatus = 'Running'",
    });
    const running = Number(count);
    // What is counted may be a moment old, so there must be none twice.
    if (running === 0 && since !== undefined) return since;
    since = running === 0 ? seen : undefined;
    if (seen > deadline) throw new Error(`${running} actions did not settle in two minutes`);
    await pause(POLL_MS);
  }
}
