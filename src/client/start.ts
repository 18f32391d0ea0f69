import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { describeRequest, inert } from '../workflows/describe.ts';
import type { guardedAction } from '../workflows/guarded-action.ts';
import type { ActionRequest } from '../workflows/messages.ts';
import { actionAttribute, agentAttribute } from '../workflows/search-attributes.ts';

export const WORKFLOW_TYPE = 'guardedAction';

/** A call that the server has not answered by then counts as not answered. */
export const DEADLINE_MS = 10_000;

const SUMMARY_CHARACTERS = 200;

/** How the workflow of an action is started, by whoever starts it. One id is one action, for ever. */
export function startOptions(request: ActionRequest, taskQueue: string): WorkflowStartOptions<typeof guardedAction> {
  return {
    workflowId: request.actionId,
    taskQueue,
    args: [request],
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    workflowTaskTimeout: '5 seconds',
    memo: { digest: request.digest },
    typedSearchAttributes: [
      { key: agentAttribute, value: request.agent },
      { key: actionAttribute, value: request.type },
    ],
    staticSummary: inert(`${request.agent}: ${request.type} on ${request.target}`).slice(0, SUMMARY_CHARACTERS),
    staticDetails: describeRequest(request).join('\n\n'),
  };
}

/** The run in which an action's workflow began. */
export interface Started {
  runId: string;
}

/**
 * Starts the workflow of an action. `exists` means that the id is taken, by a repeat of the call or by another action:
 * the caller must not decide on its own arguments then.
 */
export async function startAction(
  client: Client,
  request: ActionRequest,
  taskQueue: string,
): Promise<Started | 'exists'> {
  try {
    const { firstExecutionRunId: runId } = await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      client.workflow.start(WORKFLOW_TYPE, {
        ...startOptions(request, taskQueue),
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      }),
    );
    return { runId };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'exists';
    throw error;
  }
}

/** What a workflow was started for, and whether it goes on. */
export async function startedAction(
  client: Client,
  actionId: string,
): Promise<{ digest: string | undefined; isRunning: boolean }> {
  const { memo, status } = await client.withDeadline(Date.now() + DEADLINE_MS, () =>
    client.workflow.getHandle(actionId).describe(),
  );
  const digest = memo?.['digest'];
  return { digest: typeof digest === 'string' ? digest : undefined, isRunning: status.name === 'RUNNING' };
}
