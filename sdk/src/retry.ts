import { sleep } from './clock.ts';
import { GateUnavailableError } from './errors/unavailable.ts';
import type { Settings } from './settings.ts';

export interface Persistence {
  /** How long to go on beyond the usual attempts while the gate does not answer at all, in milliseconds. */
  outageMs?: number;
  signal?: AbortSignal | undefined;
}

/**
 * Repeats a request until it brings an answer, and only for failures that say "try again". Every repeat is the same
 * request: the same idempotency key, the same claim.
 */
export async function withRetries<T>(
  request: () => Promise<T>,
  policy: Settings['retry'],
  { outageMs = 0, signal }: Persistence = {},
): Promise<T> {
  let failingSince: number | null = null;
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof GateUnavailableError)) throw error;
      failingSince ??= performance.now();
      const asked = error.retryAfterMs ?? 0;
      const pause = Math.max(backoff(attempt, policy), asked);
      // A gate that answers nonsense will go on doing so; one that does not answer is perhaps restarting.
      const sitsOut = error.reason !== 'malformed_answer' && performance.now() - failingSince + pause <= outageMs;
      if (!sitsOut && (asked > policy.maxRetryAfterMs || attempt >= policy.attempts)) throw error;
      await sleep(pause, signal);
    }
  }
}

/** The pause after so many failures, in milliseconds: doubled each time, bounded, less a random part of up to half. */
export function backoff(failures: number, { baseMs, maxMs }: Settings['retry']): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 30));
  return full * (1 - Math.random() / 2);
}
