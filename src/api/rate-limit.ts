import type { Request, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { GateProblem } from '../decide/problem.ts';
import type { Caller } from './gateway.ts';

/** Throws `GateProblem` `rate_limited` where the caller asks too often; otherwise counts the request. */
export type LimitRate = (caller: Caller, request: Request, response: Response) => Promise<void>;

/** Requests are counted over so long: as many as come at once may be twice what comes in a second. */
const WINDOW_SECONDS = 2;

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
    windowMs: WINDOW_SECONDS * 1000,
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

function tooMany(perSecond: number): GateProblem {
  const detail = `Nothing was done: your keys may send ${String(perSecond)} requests a second. Send it again in ${String(WINDOW_SECONDS)} seconds.`;
  return new GateProblem('rate_limited', detail, { retryAfterSeconds: WINDOW_SECONDS });
}
