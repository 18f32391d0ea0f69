import type { Request, Response } from 'express';
import { isLoopback } from '../../settings.ts';

/**
 * The browser's half of a session. Away from this machine it goes by a name that browsers only take over TLS and from this very
 * host; on loopback, where there is no TLS, by a plain one.
 */
const NAME = 'gatehouse_session';
/** What a browser holds while it is away to sign in at the provider. */
const UNDER_WAY_NAME = 'gatehouse_sign_in';
const TOKEN = /^[\w-]{20,100}$/;

/** The session's token, or null where there is none, or more than one: which was meant is not ours to guess. */
export function readSessionCookie(request: Request): string | null {
  return readCookie(request, NAME);
}

/** The token of a sign-in that is under way, or null. */
export function readUnderWayCookie(request: Request): string | null {
  return readCookie(request, UNDER_WAY_NAME);
}

function readCookie(request: Request, plainName: string): string | null {
  const name = `${nameFor(request, plainName)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const [value, ...more] = pairs.filter((pair) => pair.startsWith(name)).map((pair) => pair.slice(name.length));
  return value !== undefined && more.length === 0 && TOKEN.test(value) ? value : null;
}

/** Has the browser keep a session until it expires, in milliseconds since the epoch, out of reach of scripts and other sites. */
export function setSessionCookie(request: Request, response: Response, token: string, expiresAt: number): void {
  response.cookie(nameFor(request, NAME), token, { ...attributes(request), expires: new Date(expiresAt) });
}

/**
 * Has the browser hold a sign-in that is under way. Lax, as it must come along when the provider sends the browser back; it opens
 * nothing by itself.
 */
export function setUnderWayCookie(request: Request, response: Response, token: string, expiresAt: number): void {
  const lax = { ...attributes(request), sameSite: 'lax', expires: new Date(expiresAt) } as const;
  response.cookie(nameFor(request, UNDER_WAY_NAME), token, lax);
}

/** Has the browser forget a sign-in that was under way, where it holds one. */
export function clearUnderWayCookie(request: Request, response: Response): void {
  if (readUnderWayCookie(request) === null) return;
  response.clearCookie(nameFor(request, UNDER_WAY_NAME), { ...attributes(request), sameSite: 'lax' });
}

/** Has the browser forget it. */
export function clearSessionCookie(request: Request, response: Response): void {
  response.clearCookie(nameFor(request, NAME), attributes(request));
}

function attributes(request: Request) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: !isLocal(request) } as const;
}

function nameFor(request: Request, name: string): string {
  return isLocal(request) ? name : `__Host-${name}`;
}

function isLocal(request: Request): boolean {
  const url = `http://${request.headers.host ?? ''}`;
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}
