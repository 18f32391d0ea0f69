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
