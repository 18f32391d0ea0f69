import { Connection } from '@temporalio/client';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;
const CALL_MS = 2_000;

/** Waits until a server on this machine answers for a namespace; false when it does not in `boundMs` or on `signal`. */
export async function untilServing(
  address: string,
  namespace: string,
  boundMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + boundMs;
  const connection = Connection.lazy({
    address,
    // gRPC waits a second before it looks again by default, most of the start-up time of this server.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': POLL_MS, 'grpc.max_reconnect_backoff_ms': 2 * POLL_MS },
    interceptors: [],
  });
  try {
    while (Date.now() < deadline && !signal.aborted) {
      if (await answers(connection, namespace)) return true;
      await delay(POLL_MS);
    }
    return false;
  } finally {
    await connection.close();
  }
}

async function answers(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.withDeadline(Date.now() + CALL_MS, async () => {
      await connection.workflowService.getSystemInfo({});
      await connection.workflowService.describeNamespace({ namespace });
    });
    return true;
  } catch {
    return false;
  }
}
