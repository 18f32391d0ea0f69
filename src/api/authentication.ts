import type { Request, RequestHandler, Response } from 'express';
import { GateProblem } from '../decide/problem.ts';
import { keepAuthority } from './authority.ts';
import type { Caller } from './gateway.ts';
import type { LimitRate } from './rate-limit.ts';

/** Tells whose key a token is; null for a token that is nobody's. Throws when it cannot tell. */
export type Authenticate = (token: string) => Promise<Caller | null>;

/** One request of a known caller. */
export interface Exchange {
  caller: Caller;
  request: Request;
  response: Response;
}

/** Wraps a handler so that it runs for known callers only. */
export type WithCaller = (handler: (exchange: Exchange) => Promise<void>) => RequestHandler;

/** Makes the wrapper. A request without a valid `Authorization: Bearer <key>` ends in `GateProblem` `unauthenticated`, one too many in `rate_limited`. */
export function createWithCaller(authenticate: Authenticate, limitRate: LimitRate): WithCaller {
  return (handler) => async (request, response) => {
    const token = bearerToken(request);
    const asked = performance.now();
    const caller = await callerOf(authenticate, token, UNKNOWN);
    keepAuthority(request, asked, () => callerOf(authenticate, token, NO_MORE));
    await limitRate(caller, request, response);
    await handler({ caller, request, response });
  };
}

const UNKNOWN = 'The key in the header Authorization is not known here: check the key.';
const NO_MORE =
  'The key in the header Authorization was revoked, or its time ran out, while this request was open: nothing was done for it. Use another key.';

async function callerOf(authenticate: Authenticate, token: string, whyNot: string): Promise<Caller> {
  const caller = await authenticate(token).catch((error: unknown) => {
    if (error instanceof GateProblem) throw error;
    throw new GateProblem('unavailable', 'Your key cannot be checked now. Try again.', {}, [], { cause: error });
  });
  if (caller === null) throw new GateProblem('unauthenticated', whyNot);
  return caller;
}

function bearerToken(request: Request): string {
  // Node would keep the first of several headers; which one was meant is not ours to guess.
  const headers = request.headersDistinct['authorization'] ?? [];
  const token = /^Bearer +([\x21-\x7e]{1,8192})$/i.exec(headers[0] ?? '')?.[1];
  if (headers.length !== 1 || token === undefined) {
    throw new GateProblem('unauthenticated', 'Send your key once, in the header `Authorization: Bearer <key>`.');
  }
  return token;
}
