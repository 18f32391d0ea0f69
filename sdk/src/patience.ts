import type { Look } from './api.ts';
import { sleep } from './clock.ts';
import type { GuardAnswer } from './contract/index.ts';
import { DEFAULTS } from './defaults.ts';
import { ActionPendingError } from './errors/pending.ts';
import type { RunOptions } from './options.ts';
import { backoff } from './retry.ts';
import type { Settings } from './settings.ts';

/** How long one call of the agent waits, and at which pace it looks. */
export class Patience {
  readonly #deadline: number;
  readonly #policy: Settings['retry'];
  readonly #idempotencyKey: string;
  readonly signal: AbortSignal | undefined;

  constructor(options: RunOptions, policy: Settings['retry'], idempotencyKey: string) {
    this.#deadline = options.wait === undefined ? Infinity : performance.now() + (options.wait || 0);
    this.#policy = policy;
    this.#idempotencyKey = idempotencyKey;
    this.signal = options.signal;
  }

  /**
   * Looks again and again until `until` is satisfied, each look held open by the gate. Throws `ActionPendingError` about
   * `standing` when the agent's time is over, and whatever the look throws.
   */
  async watch<T>(standing: GuardAnswer, look: (how: Look) => Promise<T>, until: (seen: T) => boolean): Promise<T> {
    for (;;) {
      const leftMs = this.#deadline - performance.now();
      if (leftMs <= 0) throw new ActionPendingError({ ...standing, idempotencyKey: this.#idempotencyKey });
      const began = performance.now();
      const seen = await look({
        waitSeconds: Math.min(DEFAULTS.pollSeconds, Math.ceil(leftMs / 1000)),
        outageMs: Math.min(this.#policy.outageMs, leftMs),
        signal: this.signal,
      });
      if (until(seen)) return seen;
      // A gate that does not hold the request open must not be asked in a tight circle.
      const hurry = this.#policy.baseMs - (performance.now() - began);
      if (hurry > 0) await sleep(hurry, this.signal);
    }
  }

  /** The pause before the nth look at something that should have changed already. False when it is looked at enough. */
  async pause(looks: number): Promise<boolean> {
    if (looks >= this.#policy.attempts) return false;
    await sleep(backoff(looks, this.#policy), this.signal);
    return true;
  }
}
