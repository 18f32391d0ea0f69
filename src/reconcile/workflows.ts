import type { Client } from '@temporalio/client';
import { ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { setTimeout as delay } from 'node:timers/promises';
import { statusAttribute } from '../workflows/search-attributes.ts';
import { openPayloads } from './open-history.ts';

const { WorkflowExecutionStatus } = proto.temporal.api.enums.v1;

/** Where Temporal keeps the actions that are compared. */
export interface TemporalSide {
  client: Client;
  /** Others may share the namespace: theirs are on queues of their own. */
  taskQueue: string;
}

/** What a workflow of an action looks like from outside. Times are milliseconds since the epoch, by Temporal's clock. */
export interface WorkflowSeen {
  actionId: string;
  runId: string;
  state: 'open' | 'completed' | 'broken_off';
  startedAt: number;
  closedAt: number | null;
  /** Where the action stands, as the workflow told last; null before it did. */
  status: string | null;
  /** What it was started for; null where it was started by hand. */
  digest: string | null;
}

const WORKFLOW_TYPE = 'guardedAction';
const PAGE = 1_000;
/** A namespace on SQL takes ten lists a second, and others list too. */
const PACE_MS = 200;
const CALL_MS = 30_000;

type Executions = proto.temporal.api.workflow.v1.IWorkflowExecutionInfo;

/** Lists the workflows of actions in pages, started at `since` (milliseconds since the epoch) or later. */
export async function* listWorkflows(
  { client, taskQueue }: TemporalSide,
  since: number | null,
): AsyncGenerator<WorkflowSeen[]> {
  const from = since === null ? '' : ` AND StartTime >= '${new Date(since).toISOString()}'`;
  const query = `WorkflowType = '${WORKFLOW_TYPE}' AND TaskQueue = '${taskQueue}'${from}`;
  let nextPageToken: Uint8Array | undefined;
  do {
    const pause = nextPageToken === undefined ? undefined : delay(PACE_MS);
    await pause;
    const page = await client.withDeadline(Date.now() + CALL_MS, () =>
      client.workflowService.listWorkflowExecutions({
        namespace: client.options.namespace,
        pageSize: PAGE,
        query,
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      }),
    );
    yield await Promise.all(page.executions.map((execution) => toSeen(client, execution)));
    ({ nextPageToken } = page);
  } while (nextPageToken.length > 0);
}

/** One workflow as it stands in this moment, or null where Temporal has none of that id. */
export async function seeWorkflow(client: Client, actionId: string): Promise<WorkflowSeen | null> {
  try {
    const info = await client.withDeadline(Date.now() + CALL_MS, () => describe(client, actionId));
    return info == null ? null : await toSeen(client, info);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

async function describe(client: Client, workflowId: string): Promise<Executions | null | undefined> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).raw.workflowExecutionInfo;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof ServiceError) throw error;
    // The SDK decrypts the memo along with it. Without its key the rest is still to be seen.
    const execution = { workflowId };
    const { namespace } = client.options;
    return (await client.workflowService.describeWorkflowExecution({ namespace, execution })).workflowExecutionInfo;
  }
}

/** How long the namespace keeps a workflow after its end, in milliseconds; Infinity where the server will not say. */
export async function retentionOf(client: Client): Promise<number> {
  const { namespace } = client.options;
  try {
    const { config } = await client.withDeadline(Date.now() + CALL_MS, () =>
      client.workflowService.describeNamespace({ namespace }),
    );
    const seconds = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
    return seconds === 0 ? Infinity : seconds * 1000;
  } catch {
    return Infinity;
  }
}

async function toSeen(
  client: Client,
  { execution, status, startTime, closeTime, memo, searchAttributes }: Executions,
): Promise<WorkflowSeen> {
  const { RUNNING, UNSPECIFIED, COMPLETED } = {
    RUNNING: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
    UNSPECIFIED: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED,
    COMPLETED: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
  };
  const isOpen = status == null || status === UNSPECIFIED || status === RUNNING;
  return {
    actionId: execution?.workflowId ?? '',
    runId: execution?.runId ?? '',
    state: isOpen ? 'open' : status === COMPLETED ? 'completed' : 'broken_off',
    startedAt: startTime == null ? 0 : tsToMs(startTime),
    closedAt: isOpen || closeTime == null ? null : tsToMs(closeTime),
    status: textOf(searchAttributes?.indexedFields?.[statusAttribute.name]),
    digest: await digestIn(client, memo, execution?.workflowId ?? ''),
  };
}

/** The digest that the workflow was started with; null where it is not there, or is not to be read with the keys of here. */
async function digestIn(client: Client, memo: Executions['memo'], actionId: string): Promise<string | null> {
  try {
    if (memo != null) await openPayloads(client, memo, actionId);
    return textOf(memo?.fields?.['digest']);
  } catch {
    return null;
  }
}

function textOf(payload: proto.temporal.api.common.v1.IPayload | null | undefined): string | null {
  if (payload == null) return null;
  const value: unknown = defaultPayloadConverter.fromPayload(payload);
  // A keyword may come as a list of one.
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : null;
}
