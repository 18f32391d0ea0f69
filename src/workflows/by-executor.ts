import { ActivityFailure, ApplicationFailure, proxyActivities, rootCause, TimeoutFailure } from '@temporalio/workflow';
import type { ExecutorActivities } from '../activities/executors/activities.ts';
import type { ActionRequest, ExecutorManifest, Standing } from './messages.ts';
import { steps } from './steps.ts';

/** An executor that no worker serves for this long is given up: the action fails, and nothing has run. */
const PICKUP_SECONDS = 24 * 3600;

/**
 * A worker that holds the credentials runs the action. The permit is claimed first, on record; the action id is the
 * idempotency key of every attempt.
 */
export async function byExecutor(request: ActionRequest, executor: ExecutorManifest): Promise<Standing> {
  const { actionId } = request;
  const claimId = `executor:${executor.name}`;
  const claimed = await steps.beginExecution({ request, claimId, at: Date.now() });
  if (claimed.status !== 'claimed') return claimed;
  const { runExecutor } = proxyActivities<ExecutorActivities>({
    taskQueue: executor.taskQueue,
    scheduleToStartTimeout: PICKUP_SECONDS * 1000,
    startToCloseTimeout: executor.timeoutSeconds * 1000,
    summary: `${request.type} on ${request.target}`.slice(0, 200),
    retry: {
      maximumAttempts: executor.retry.maximumAttempts,
      initialInterval: executor.retry.initialIntervalSeconds * 1000,
      backoffCoefficient: executor.retry.backoffCoefficient,
      maximumInterval: executor.retry.maximumIntervalSeconds * 1000,
    },
  });
  let end: { status: 'succeeded' | 'failed' | 'unknown'; result: string | null; error: string | null };
  try {
    const result = await runExecutor({
      actionId,
      executor: executor.name,
      type: request.type,
      target: request.target,
      // A reviewer may have put others in their place.
      arguments: claimed.edited?.arguments ?? request.context,
      idempotencyKey: actionId,
    });
    end = { status: 'succeeded', result: JSON.stringify(result), error: null };
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    end = { ...endOfFailure(error), result: null };
  }
  return steps.settle({ request, claimId, ...end, at: Date.now() });
}

/** A failure that the executor reported is `failed`; silence is `unknown`, unless nobody ever began. */
function endOfFailure(error: ActivityFailure): { status: 'failed' | 'unknown'; error: string } {
  const { cause } = error;
  if (cause instanceof TimeoutFailure) {
    return cause.timeoutType === 'SCHEDULE_TO_START'
      ? { status: 'failed', error: 'No executor worker took the action; nothing ran' }
      : { status: 'unknown', error: 'The executor did not answer in time; whether the effect happened is not known' };
  }
  // Tried to the end, each time with an error that may have come after the effect: a lost answer, a cut connection.
  if (cause instanceof ApplicationFailure && cause.type === 'transient') {
    return { status: 'unknown', error: `${cause.message}; whether the effect happened is not known` };
  }
  if (cause instanceof ApplicationFailure) return { status: 'failed', error: cause.message };
  return { status: 'unknown', error: rootCause(error) ?? 'The executor failed without an answer' };
}
