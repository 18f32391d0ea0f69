import type { Request, Response } from 'express';
import { isLoopback } from '../../settings.ts';

/**
 * The browser's half of a session. Away from this machine it goes by a name that browsers only take over TLS and from this very
 * host; on loopback, where there is no TLS, by a plain one.
 */
const NAME = 'gatehouse_session';
const HOST_NAME = `__Host-${NAME}`;
const TOKEN = /^[\w-]{20,100}$/;

/** The session's token, or null where there is none, or more than one: which was meant is not ours to guess. */
export function readSessionCookie(request: Request): string | null {
  const name = `${nameFor(request)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const [value, ...more] = pairs.filter((pair) => pair.startsWith(name)).map((pair) => pair.slice(name.length));
  return value !== undefined && more.length === 0 && TOKEN.test(value) ? value : null;
}

/** Has the browser keep a session until it expires, in milliseconds since the epoch, out of reach of scripts and other sites. */
export function setSessionCookie(request: Request, response: Response, token: string, expiresAt: number): void {
  response.cookie(nameFor(request), token, { ...attributes(request), expires: new Date(expiresAt) });
}

/** Has the browser forget it. */
export function clearSessionCookie(request: Request, response: Response): void {
  response.clearCookie(nameFor(request), attributes(request));
}

function attributes(request: Request) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: !isLocal(request) } as const;
}

function nameFor(request: Request): string {
  return isLocal(request) ? NAME : HOST_NAME;
}

function isLocal(request: Request): boolean {
  const url = `http://${request.headers.host ?? ''}`;
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}
