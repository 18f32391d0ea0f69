import {
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { PROBLEMS, type ProblemCode } from '@gatehouse/sdk/contract';
import { GateProblem } from '../decide/problem.ts';

/** True when the workflow has ended, or never was. An update-with-start says of one that has ended that its id is taken. */
export function isGone(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError;
}

/**
 * What a failed call to Temporal means for a caller of the gate: a refusal that the workflow gave keeps its code; anything
 * else is an outage, which never looks like a refusal (F26).
 */
export function toProblem(error: unknown, doing: string): GateProblem {
  if (error instanceof GateProblem) return error;
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { type, message } = error.cause;
    if (typeof type === 'string' && type in PROBLEMS) return new GateProblem(type as ProblemCode, message);
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return unavailable(`No worker answered in time while ${doing}. Try again; a repeat is harmless.`, error);
  }
  if (isGrpcServiceError(error) || error instanceof Error) {
    return unavailable(`Temporal did not answer while ${doing}. Nothing was allowed; try again.`, error);
  }
  return unavailable(`Something failed while ${doing}. Nothing was allowed; try again.`, error);
}

function unavailable(detail: string, cause: unknown): GateProblem {
  return new GateProblem('unavailable', detail, {}, [], { cause });
}
