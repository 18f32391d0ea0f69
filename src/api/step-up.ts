import { GateProblem } from '../decide/problem.ts';

const MINUTE_MS = 60_000;
/** What holds where the settings say nothing else. */
export const STEP_UP_MS = 15 * MINUTE_MS;

/**
 * Refuses what needs a recent sign-in to somebody whose last one is too old. Whoever calls by a key is not asked: a key proves
 * itself with every call, and there is nobody to ask.
 * @param what is to be done, after "to", e.g. `override the terms`
 * @throws {GateProblem} `step_up_required`
 */
export function requireRecentSignIn(
  { authenticatedAt }: { authenticatedAt?: number },
  { now, stepUpMs = STEP_UP_MS }: { now: () => number; stepUpMs?: number | undefined },
  what: string,
): void {
  if (authenticatedAt === undefined || now() - authenticatedAt < stepUpMs) return;
  const minutes = stepUpMs / MINUTE_MS;
  const detail = `Sign in again to ${what}: that needs a sign-in of the last ${minutes === 1 ? 'minute' : `${String(minutes)} minutes`}.`;
  throw new GateProblem('step_up_required', detail);
}
