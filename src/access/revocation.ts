/**
 * Within this time of being revoked or disabled nobody is let in any more, by any process, in milliseconds. docs/keys.md promises
 * it; the two below are what it is made of.
 */
export const FELT_WITHIN_MS = 1_000;

/** Who was looked up so lately is not looked up again before an answer, in milliseconds. */
export const CONFIRMED_MS = 50;

/** So long a process remembers who somebody is, in milliseconds: the rest is for the look-up itself, and for what is confirmed. */
export const REMEMBERED_MS = FELT_WITHIN_MS - 2 * CONFIRMED_MS;
