import type { Request, Response } from 'express';
import { rateLimit, type Store } from 'express-rate-limit';
import { GateProblem } from '../decide/problem.ts';
import type { Caller } from './gateway.ts';

/** Throws `GateProblem` `rate_limited` where the caller asks too often; otherwise counts the request. */
export type LimitRate = (caller: Caller, request: Request, response: Response) => Promise<void>;

/** Requests are counted over so long: as many as come at once may be twice what comes in a second. */
const WINDOW_SECONDS = 2;
const WINDOW_MS = WINDOW_SECONDS * 1000;

/**
 * Counts the requests of each caller. All keys of one holder count together, so that a second key, or a new token every
 * second, buys nothing.
 *
 * @param perSecond 0 for no limit
 */
export function createRateLimit(perSecond: number): LimitRate {
  if (perSecond === 0) return () => Promise.resolve();
  const callers = new WeakMap<Request, Caller>();
  const limit = rateLimit({
    windowMs: WINDOW_MS,
    store: steadyWindows(),
    limit: perSecond * WINDOW_SECONDS,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request) => callers.get(request)?.principal ?? '',
    handler: (_request, _response, next) => {
      next(tooMany(perSecond));
    },
  });
  return (caller, request, response) => {
    callers.set(request, caller);
    return new Promise((resolve, reject) => {
      void limit(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(error instanceof Error ? error : new Error('The rate could not be counted', { cause: error }));
      });
    });
  };
}

/** Counts by the clock that nobody sets: a window of the wall clock would not end for as long as that is set back. */
function steadyWindows(): Store {
  const windows = new Map<string, { hits: number; endsAt: number }>();
  let sweepsAt = 0;
  const sweep = (at: number): void => {
    for (const [key, { endsAt }] of windows) if (endsAt <= at) windows.delete(key);
    sweepsAt = at + WINDOW_MS;
  };
  return {
    increment: (key) => {
      const at = performance.now();
      if (at >= sweepsAt) sweep(at);
      const open = windows.get(key);
      const window = open !== undefined && at < open.endsAt ? open : { hits: 0, endsAt: at + WINDOW_MS };
      window.hits += 1;
      windows.set(key, window);
      return { totalHits: window.hits, resetTime: undefined };
    },
    // What was counted stays counted: nothing of ours takes a request back.
    decrement: () => undefined,
    resetKey: (key) => void windows.delete(key),
  };
}

function tooMany(perSecond: number): GateProblem {
  const detail = `Nothing was done: your keys may send ${String(perSecond)} requests a second. Send it again in ${String(WINDOW_SECONDS)} seconds.`;
  return new GateProblem('rate_limited', detail, { retryAfterSeconds: WINDOW_SECONDS });
}
