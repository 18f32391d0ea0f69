/** Base of every error that the SDK itself makes. An error that `fn` throws is passed on as it is. */
export abstract class GatehouseError extends Error {
  /** Stable, for programs. Use it instead of `instanceof` where ESM and CommonJS copies may meet. */
  abstract readonly code: string;
  /** True when the same call with the same idempotency key may succeed later without anyone changing anything. */
  abstract readonly retryable: boolean;
}

/** Tells whether an error says "try again". Everything that is not from the SDK does not. */
export function isRetryable(error: unknown): boolean {
  return error instanceof GatehouseError && error.retryable;
}
