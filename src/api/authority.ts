import type { Request } from 'express';
import { CONFIRMED_MS } from '../access/revocation.ts';

/** Looks up again who sent a request. Throws `GateProblem` `unauthenticated` where that is nobody any more. */
export type Confirm = () => Promise<unknown>;

const known = new WeakMap<Request, { confirm: Confirm; at: number }>();

/** Keeps how to look up again who sent a request. `at` is when that was done, by `performance.now()`. */
export function keepAuthority(request: Request, at: number, confirm: Confirm): void {
  known.set(request, { at, confirm });
}

/**
 * Looks up again who sent a request that took its time, because its body came slowly or its answer was waited for. Does nothing
 * where that was done just now, or where nobody had to be known.
 *
 * INVARIANT: a revocation counts for open requests. Whoever has waited is told nothing, and nothing is done, before this.
 *
 * @throws {GateProblem} `unauthenticated` where the key was revoked or the session ended meanwhile; `unavailable` where nobody can tell
 */
export async function confirmAuthority(request: Request): Promise<void> {
  const authority = known.get(request);
  const now = performance.now();
  if (authority === undefined || now - authority.at < CONFIRMED_MS) return;
  await authority.confirm();
  authority.at = now;
}

/** The same before each piece of an answer that is sent as it comes. */
export async function* whileAuthorised<Piece>(request: Request, pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    await confirmAuthority(request);
    yield piece;
  }
}
