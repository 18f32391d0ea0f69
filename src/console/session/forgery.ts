import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { GateProblem } from '../../decide/problem.ts';

/** The name of the form field that carries the token. */
export const FORGERY_FIELD = 'token';

/** What every form of a session carries. Other sites cannot read it, and without the session nobody can work it out. */
export function forgeryToken(sessionToken: string): string {
  return createHash('sha256').update(`form of ${sessionToken}`).digest('base64url');
}

/** Throws `GateProblem` `forbidden` for a form that did not come from a page of this session. */
export function refuseForgedForm(sessionToken: string, form: URLSearchParams): void {
  const expected = Buffer.from(forgeryToken(sessionToken));
  const given = Buffer.from(form.get(FORGERY_FIELD) ?? '');
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new GateProblem('forbidden', 'This form is not of your session. Open the page again and send it from there.');
}

/** Throws `GateProblem` `forbidden` for a form that a browser sends from another site. Browsers say where from; others need no guard. */
export function refuseOtherSites(request: Request): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isOurs =
    origin === undefined
      ? site === undefined || site === 'same-origin'
      : URL.canParse(origin) && new URL(origin).host === host;
  if (!isOurs)
    throw new GateProblem('forbidden', 'The form came from another site. Open the page here and send it again.');
}
