import type { FieldError, Problem } from '../contract/index.ts';
import { GatehouseError } from './gatehouse-error.ts';

/** The gate understood the request and will not take it: a wrong field, key, role, or a reused idempotency key. */
export class GateRequestError extends GatehouseError {
  override readonly name = 'GateRequestError';
  readonly retryable = false;
  /** The code of the problem, e.g. `invalid_request`, `unauthenticated`, `key_reused`. */
  readonly code: string;
  readonly status: number;
  /** Field by field: where, what is wrong, how to mend it. */
  readonly errors: readonly FieldError[];

  constructor(readonly problem: Problem) {
    const fields = (problem.errors ?? []).map((error) => `\n  ${error.field}: ${error.problem}. ${error.fix}`);
    super(`${problem.code}: ${problem.detail}${fields.join('')}`);
    this.code = problem.code;
    this.status = problem.status;
    this.errors = problem.errors ?? [];
  }
}
