import type { FieldError, ProblemCode } from '@gatehouse/sdk/contract';
import { PROBLEMS } from '@gatehouse/sdk/contract';

/** A refusal or failure that has a stable code. The API answers it as problem+json with the status of the code. */
export class GateProblem extends Error {
  override readonly name = 'GateProblem';

  constructor(
    readonly code: ProblemCode,
    /** One sentence for the caller: what is wrong and what to do about it. */
    readonly detail: string,
    /** Facts that travel beside the detail, e.g. who resolved an approval and when. */
    readonly facts: Readonly<Record<string, string | number | boolean | null>> = {},
    readonly errors: readonly FieldError[] = [],
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
  }

  /** The HTTP status that belongs to the code. */
  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

/** I2: an idempotency key names one action; with anything else in it the call is not a repeat but a mistake. */
export function keyReused(actionId: string): GateProblem {
  const detail =
    'This idempotency key belongs to an action with another type, target, context or mode. Use a new key for a new action.';
  return new GateProblem('key_reused', detail, { actionId });
}
