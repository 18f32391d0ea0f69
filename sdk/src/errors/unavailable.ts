import type { Problem } from '../contract/index.ts';
import { GatehouseError } from './gatehouse-error.ts';

/** Why no usable answer came. `busy` is a gate that asks to be left alone for a while. */
export type UnavailableReason = 'unreachable' | 'timeout' | 'busy' | 'server_error' | 'malformed_answer';

export interface UnavailableFacts {
  reason: UnavailableReason;
  /** The HTTP status, where there was an answer. */
  status?: number;
  retryAfterMs?: number;
  idempotencyKey?: string;
  problem?: Problem;
  cause?: unknown;
}

/**
 * The gate could not be asked, so nothing was allowed and `fn` did not run. It is never a refusal: try again, with the
 * same `idempotencyKey`, or the repeat is a second action.
 */
export class GateUnavailableError extends GatehouseError {
  override readonly name = 'GateUnavailableError';
  readonly code = 'gate_unavailable';
  readonly retryable = true;
  readonly reason: UnavailableReason;
  readonly status: number | null;
  /** How long the gate asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | null;
  readonly idempotencyKey: string | null;
  readonly problem: Problem | null;

  constructor(says: string, facts: UnavailableFacts) {
    super(`The gate is unavailable: ${says}`, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.reason = facts.reason;
    this.status = facts.status ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.idempotencyKey = facts.idempotencyKey ?? null;
    this.problem = facts.problem ?? null;
  }
}
