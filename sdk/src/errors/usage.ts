import { GatehouseError } from './gatehouse-error.ts';

/** The SDK was called with something that cannot be sent. Nothing left this process. */
export class InvalidUsageError extends GatehouseError {
  override readonly name = 'InvalidUsageError';
  readonly code = 'invalid_usage';
  readonly retryable = false;

  constructor(
    /** The call, e.g. `guard()`. */
    where: string,
    /** Each names the field, what is wrong and what it must be. */
    readonly problems: readonly string[],
  ) {
    super(`${where}: ${problems.join('; ')}`);
  }
}
