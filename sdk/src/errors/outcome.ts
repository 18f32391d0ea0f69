import type { ActionStatus, Settlement } from '../contract/index.ts';
import { GatehouseError } from './gatehouse-error.ts';

/** An earlier call with this key ran the action. It does not run again; `settlement` is what became of it. */
export class ActionAlreadyDoneError extends GatehouseError {
  override readonly name = 'ActionAlreadyDoneError';
  readonly code = 'action_already_done';
  readonly retryable = false;

  constructor(
    readonly actionId: string,
    /** `succeeded`, `failed`, or `unknown` where no outcome was reported within the lease. */
    readonly status: ActionStatus,
    readonly settlement: Settlement | null,
  ) {
    super(`Already done: an earlier call ran action ${actionId}, and its outcome is ${status}`);
  }
}

/** An executor ran the action and failed. */
export class ActionFailedError extends GatehouseError {
  override readonly name = 'ActionFailedError';
  readonly code = 'action_failed';
  readonly retryable = false;

  constructor(
    readonly actionId: string,
    /** What the executor said. */
    readonly error: string,
    readonly settlement: Settlement | null,
  ) {
    super(`Failed: ${error} (action ${actionId})`);
  }
}

/** The action was begun, and nobody knows how it ended. It may or may not have had its effect: look before you repeat it. */
export class ActionUnknownError extends GatehouseError {
  override readonly name = 'ActionUnknownError';
  readonly code = 'action_unknown';
  readonly retryable = false;

  constructor(
    readonly actionId: string,
    readonly settlement: Settlement | null,
  ) {
    super(`Unknown: no outcome of action ${actionId} was reported in time; look at its target before you repeat it`);
  }
}
