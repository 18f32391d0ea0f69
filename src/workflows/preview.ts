import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  proxyActivities,
  rootCause,
} from '@temporalio/workflow';
import type { JsonObject } from '@gatehouse/sdk/contract';
import type { ExecutorActivities } from '../activities/executors/activities.ts';
import type { ActionRequest, EditedAction } from './messages.ts';
import { isRefusedPayload } from './refused-payload.ts';
import { steps } from './steps.ts';

/** What a preview that runs beside a question can still be told. */
export interface RunningPreview {
  /** Nobody needs it any more. */
  stop(): void;
}

/**
 * Has the executor say what it would do, while people are asked already: they wait for no preview, and a worker that is
 * away costs one line on the card. It is tried once, for a minute at most.
 */
export function previewBeside(request: ActionRequest, edited: EditedAction | null, approvalId: string): RunningPreview {
  const { executor, actionId } = request;
  if (executor?.preview !== true) return { stop: () => undefined };
  const { previewExecutor } = proxyActivities<ExecutorActivities>({
    taskQueue: executor.taskQueue,
    scheduleToCloseTimeout: '1 minute',
    startToCloseTimeout: '15 seconds',
    retry: { maximumAttempts: 1 },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    summary: 'what it would do',
  });
  const scope = new CancellationScope();
  const asked = { executor: executor.name, arguments: edited?.arguments ?? request.context };
  const looking = scope.run(async () => {
    let preview: { state: 'ready' | 'failed'; says: JsonObject };
    try {
      const says = await previewExecutor(asked);
      if (isRefusedPayload(says)) throw new Error(says.gatehouseRefused);
      preview = { state: 'ready', says };
    } catch (error) {
      if (isCancellation(error)) return;
      preview = { state: 'failed', says: { error: rootCause(error) ?? 'The executor gave no preview' } };
    }
    await steps.recordPreview({ actionId, approvalId, preview });
  });
  looking.catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
  });
  return { stop: () => scope.cancel() };
}
