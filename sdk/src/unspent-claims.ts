import { DEFAULTS } from './defaults.ts';

/**
 * The claims of calls that ended without an answer. The gate may have granted one and its answer was lost: a repeat with
 * the same key takes the claim up again, where a new one would be somebody else's and wait for the lease to run out.
 *
 * INVARIANT: a claim is held by one call at a time, and comes back only when that call ran nothing.
 */
export class UnspentClaims {
  readonly #byKey = new Map<string, string>();

  /** A claim for a call: the one that an earlier call of this key left, or a new one. */
  take(idempotencyKey: string): string {
    const left = this.#byKey.get(idempotencyKey);
    this.#byKey.delete(idempotencyKey);
    return left ?? crypto.randomUUID();
  }

  /** Keeps the claim of a call that heard nothing and ran nothing. */
  keep(idempotencyKey: string, claimId: string): void {
    this.#byKey.set(idempotencyKey, claimId);
    if (this.#byKey.size <= DEFAULTS.unspentClaims) return;
    const [oldest] = this.#byKey.keys();
    if (oldest !== undefined) this.#byKey.delete(oldest);
  }
}
