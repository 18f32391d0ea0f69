export interface AdaptiveLimitOptions {
  /** It begins here and never goes above. */
  most: number;
  /** It never goes below. */
  least: number;
  /** Work that takes longer than this, in milliseconds, is a sign that too much is under way. */
  targetMs: number;
}

export interface AdaptiveLimit {
  /** How many may be under way at once. */
  current(): number;
  /** Tells how long one piece of work took, in milliseconds. */
  took(ms: number): void;
}

const DECREASE = 0.8;

/**
 * A limit of concurrency that finds its own value: additive increase, multiplicative decrease, as TCP does it for a
 * network. A round is as many pieces of work as the limit; a round with a slow one in it lowers the limit by a fifth,
 * any other raises it by one. It counts work and reads no clock, so that it does the same on every machine.
 */
export function createAdaptiveLimit({ most, least, targetMs }: AdaptiveLimitOptions): AdaptiveLimit {
  const floor = Math.min(least, most);
  let limit = most;
  let finished = 0;
  let slow = false;
  return {
    current: () => limit,
    took(ms) {
      finished += 1;
      slow ||= ms > targetMs;
      if (finished < limit) return;
      limit = slow ? Math.max(floor, Math.floor(limit * DECREASE)) : Math.min(most, limit + 1);
      finished = 0;
      slow = false;
    },
  };
}
