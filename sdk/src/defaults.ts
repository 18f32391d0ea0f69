/** Every default of the SDK, in one place. Times are in milliseconds unless the name says otherwise. */
export const DEFAULTS = {
  /** How long one request may take, its answer included. A long poll has this on top of its wait. */
  timeoutMs: 10_000,
  retry: {
    /** How often one request is tried in all. */
    attempts: 5,
    /** The first pause; each later one is twice as long, less a random part of up to half. */
    baseMs: 200,
    maxMs: 5_000,
    /** A gate that asks for a longer pause than this is reported as unavailable at once. */
    maxRetryAfterMs: 30_000,
    /** How long a call that already waits for people or for an outcome sits out a gate that does not answer. */
    outageMs: 600_000,
  },
  /** How long the gate holds a long poll open, in seconds. */
  pollSeconds: 25,
  /** How much of an error's message goes on record, in characters. */
  errorChars: 2_000,
  /** How many claims of unanswered calls a client remembers. */
  unspentClaims: 1_000,
} as const;
