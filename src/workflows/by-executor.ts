import {
  ActivityFailure,
  ApplicationFailure,
  proxyActivities,
  rootCause,
  TimeoutFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { ExecutorActivities } from '../activities/executors/activities.ts';
import type { ActionRequest, ExecutorManifest, Standing } from './messages.ts';
import { isRefusedPayload } from './refused-payload.ts';
import { steps } from './steps.ts';

/** An executor that no worker serves for this long is given up: the action fails, and nothing has run. */
const PICKUP_SECONDS = 24 * 3600;

const INTERRUPTED = {
  status: 'unknown',
  error: 'The workflow was reset or begun anew while the executor ran; whether the effect happened is not known',
} as const;

const FORGED = {
  status: 'unknown',
  result: null,
  error: 'The answer did not come from an executor of this gate; whether the effect happened is not known',
} as const;

/**
 * A worker that holds the credentials runs the action. The permit is claimed first, on record, by this one run of the
 * workflow: what is reset, or started anew under the same id, runs nothing again. The action id is the idempotency key of
 * every attempt.
 */
export async function byExecutor(request: ActionRequest, executor: ExecutorManifest): Promise<Standing> {
  const { actionId } = request;
  const claimed = await steps.beginExecution({
    request,
    claimId: claimOf(executor, workflowInfo().runId),
    at: Date.now(),
  });
  if (claimed.status !== 'claimed') return claimed;
  // What an earlier version claimed it claimed for no run in particular. Of a run that was reset it is the one before.
  const claimId = claimed.claimId ?? `executor:${executor.name}`;
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
      ...(claimed.claimId == null ? {} : { runId: claimed.claimId.slice(claimed.claimId.lastIndexOf('@') + 1) }),
      ...(request.trace === undefined ? {} : { trace: request.trace }),
    });
    end = answers(result) ? { status: 'succeeded', result: JSON.stringify(result), error: null } : { ...FORGED };
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    end = { ...endOfFailure(error), result: null };
  }
  return steps.settle({ request, claimId, ...end, at: Date.now() });
}

function claimOf({ name }: ExecutorManifest, runId: string): string {
  return `executor:${name}@${runId}`;
}

/** An executor answers with JSON, null where it has nothing to say; nobody without its keys can. */
function answers(result: unknown): boolean {
  return result !== undefined && !isRefusedPayload(result);
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
  // It refused to run for this run of the workflow; what it did for the one that holds the claim is not known.
  if (cause instanceof ApplicationFailure && cause.type === 'not_from_the_gate') return INTERRUPTED;
  if (cause instanceof ApplicationFailure) return { status: 'failed', error: cause.message };
  return { status: 'unknown', error: rootCause(error) ?? 'The executor failed without an answer' };
}
