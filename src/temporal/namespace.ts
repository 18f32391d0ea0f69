import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { setTimeout as delay } from 'node:timers/promises';
import { isGrpc } from './grpc.ts';

export interface NamespaceOptions {
  /** How long closed actions stay in Temporal, in days. */
  retentionDays?: number;
  /** Raise the retention of a namespace that exists and keeps less. For the embedded server, which starts at a day. */
  raiseRetention?: boolean;
}

const DEFAULT_RETENTION_DAYS = 30;
const DAY_SECONDS = 86_400;
const POLL_MS = 200;
const USABLE_MS = 30_000;
const CALL_MS = 10_000;

/** Registers the namespace if it is missing, and waits until it can be used. Safe to repeat and to run concurrently. */
export async function ensureNamespace(
  connection: Connection,
  namespace: string,
  options: NamespaceOptions = {},
): Promise<void> {
  const seconds = (options.retentionDays ?? DEFAULT_RETENTION_DAYS) * DAY_SECONDS;
  const kept = await retentionOf(connection, namespace);
  if (kept === undefined) {
    await register(connection, namespace, seconds);
    await untilUsable(connection, namespace);
  } else if (options.raiseRetention === true && kept < seconds) {
    await bounded(connection, () =>
      connection.workflowService.updateNamespace({
        namespace,
        config: { workflowExecutionRetentionTtl: msToTs(seconds * 1000) },
      }),
    );
  }
}

// In seconds; Infinity where the server will not say (Cloud), since the namespace is then somebody else's to keep.
async function retentionOf(connection: Connection, namespace: string): Promise<number | undefined> {
  try {
    const { config } = await bounded(connection, () => connection.workflowService.describeNamespace({ namespace }));
    return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  } catch (error) {
    if (isGrpc(error, 'notFound')) return undefined;
    if (isGrpc(error, 'permissionDenied', 'unimplemented')) return Infinity;
    throw error;
  }
}

async function register(connection: Connection, namespace: string, seconds: number): Promise<void> {
  try {
    await bounded(connection, () =>
      connection.workflowService.registerNamespace({
        namespace,
        description: 'Guarded actions of Gatehouse',
        workflowExecutionRetentionPeriod: msToTs(seconds * 1000),
      }),
    );
  } catch (error) {
    if (isGrpc(error, 'alreadyExists')) return;
    if (!isGrpc(error, 'permissionDenied', 'unauthenticated', 'unimplemented')) throw error;
    throw new Error(
      `The namespace ${JSON.stringify(namespace)} does not exist, and these credentials may not register it. ` +
        'Create it, or set TEMPORAL_NAMESPACE to one that exists.',
      { cause: error },
    );
  }
}

// The front end learns of a new namespace by polling: calls that name it fail for some seconds.
async function untilUsable(connection: Connection, namespace: string): Promise<void> {
  const deadline = Date.now() + USABLE_MS;
  for (;;) {
    try {
      await bounded(connection, () => connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 }));
      return;
    } catch (error) {
      if (Date.now() > deadline || !isGrpc(error, 'notFound')) throw error;
      await delay(POLL_MS);
    }
  }
}

function bounded<T>(connection: Connection, call: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + CALL_MS, call);
}
