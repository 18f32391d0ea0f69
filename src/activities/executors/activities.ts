import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { isRefusedPayload } from '../../workflows/refused-payload.ts';
import { currentTraceparent, inSpan } from '../../observability/spans.ts';
import type { Executor } from './definition.ts';
import { parseArguments } from './definition.ts';
import { InvalidArgumentsError, PermanentError, TransientError } from './errors.ts';
import { previewArguments } from './preview.ts';
import { boundedResult, ResultError } from './result.ts';

/** What the workflow hands to `runExecutor`. */
export interface RunExecutorInput {
  actionId: string;
  /** The executor's name, as in its manifest. */
  executor: string;
  type: string;
  target: string;
  arguments: JsonObject;
  /** The action id: one key for the effect, however often it is tried. */
  idempotencyKey: string;
  /** The run of the workflow that claimed the permit; left out by earlier versions. No other run may have it run. */
  runId?: string;
  /** Which trace the action belongs to, as a W3C `traceparent`. */
  trace?: string;
}

/** What the workflow hands to `previewExecutor`. */
export interface PreviewExecutorInput {
  executor: string;
  arguments: JsonObject;
}

/** The activities of an executor's task queue. */
export interface ExecutorActivities {
  /** What the executor says that it would do. Nothing is done, and nothing is tried again. */
  previewExecutor: (input: PreviewExecutorInput) => Promise<JsonObject>;
  runExecutor: (input: RunExecutorInput) => Promise<Json>;
}

/**
 * The activities to register on a worker of the executors' task queue. Failures carry a type: `invalid_arguments`,
 * `permanent`, `result_too_large`, `result_not_json`, `not_from_the_gate` and `wrong_executor` are never retried, `transient` is.
 */
export function executorActivities(executors: Executor | readonly Executor[]): ExecutorActivities {
  const served = new Map((Array.isArray(executors) ? executors : [executors]).map((one: Executor) => [one.name, one]));
  const find = (name: string): Executor => {
    const executor = served.get(name);
    if (!executor) throw neverAgain('wrong_executor', wrongExecutor(name, [...served.keys()]));
    return executor;
  };
  return {
    async previewExecutor(input) {
      try {
        return (await previewArguments(find(input.executor), input.arguments)) ?? {};
      } catch (error) {
        throw asFailure(error);
      }
    },
    async runExecutor(input) {
      const context = Context.current();
      assertFromTheGate(input, context.info.workflowExecution?.runId);
      const executor = find(input.executor);
      const timeout = AbortSignal.timeout(Math.ceil(executor.timeoutSeconds * 1000));
      try {
        const parsed = await parseArguments(executor, input.arguments);
        const attributes = { 'gatehouse.action.id': input.actionId, 'gatehouse.action.type': input.type };
        const span = { kind: 'consumer', parent: input.trace, attributes } as const;
        const result = await inSpan(`executor ${executor.name}`, span, () =>
          executor.run(parsed, {
            actionId: input.actionId,
            idempotencyKey: input.idempotencyKey,
            attempt: context.info.attempt,
            traceparent: currentTraceparent() ?? input.trace,
            signal: AbortSignal.any([context.cancellationSignal, timeout]),
            heartbeat: (details) => context.heartbeat(details),
          }),
        );
        return boundedResult(result, `The executor "${executor.name}"`);
      } catch (error) {
        if (context.cancellationSignal.aborted)
          throw new CancelledFailure('The executor was cancelled', [], asError(error));
        throw asFailure(error);
      }
    },
  };
}

/**
 * INVARIANT: nothing runs that the gate has not permitted. Where payloads are encrypted the gate alone can have written
 * this, for this workflow; and a copy of it is good in no other run than the one that claimed the permit.
 */
function assertFromTheGate(input: RunExecutorInput, runId: string | undefined): void {
  if (isRefusedPayload(input)) throw neverAgain('not_from_the_gate', `Nothing ran. ${input.gatehouseRefused}`);
  if (input.runId === undefined || input.runId === runId) return;
  throw neverAgain(
    'not_from_the_gate',
    'Nothing ran. It was permitted to another run of the workflow than the one that asks',
  );
}

function wrongExecutor(asked: string, served: string[]): string {
  return `This worker serves the executors ${served.join(', ')}, not "${asked}": give each executor its own task queue, or register both`;
}

function asFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof InvalidArgumentsError) return neverAgain('invalid_arguments', error.message, error);
  if (error instanceof ResultError) return neverAgain(error.code, error.message, error);
  // By name too: an executor's module may have its own copy of this package.
  if (error instanceof PermanentError || (error instanceof Error && error.name === 'PermanentError')) {
    return neverAgain('permanent', error.message, error);
  }
  const cause = asError(error);
  const delay = error instanceof TransientError ? error.retryAfterSeconds : undefined;
  return ApplicationFailure.create({
    message: cause.message,
    type: 'transient',
    cause,
    ...(delay !== undefined && { nextRetryDelay: delay * 1000 }),
  });
}

function neverAgain(type: string, message: string, cause?: Error): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true, ...(cause && { cause }) });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
