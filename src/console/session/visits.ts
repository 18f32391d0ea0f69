import type { Request, RequestHandler, Response } from 'express';
import { keepAuthority } from '../../api/authority.ts';
import type { StopNotice } from '../../api/stops-gateway.ts';
import { GateProblem } from '../../decide/problem.ts';
import { readForm } from '../http/form.ts';
import { seeOther, sendOn } from '../http/page-response.ts';
import { GRANTS_PATH, SIGN_IN_PATH, STOPS_PATH } from '../http/paths.ts';
import { readSessionCookie } from './cookie.ts';
import { forgeryToken, refuseForgedForm, refuseOtherSites } from './forgery.ts';
import { returnPath } from './return-path.ts';
import type { SignedIn, SignIns } from './sign-ins.ts';

/** Those of server-sent events. Proxies must not keep them back. */
export const STREAM_HEADERS = { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
/** Tells a page that nobody is signed in on it any more. */
export const SESSION_OVER = 'event: over\ndata: session\n\n';

/** Who is signed in, with what its forms must carry. */
export interface Visitor {
  caller: SignedIn;
  /** The secret of the session. It never reaches a page. */
  session: string;
  forgeryToken: string;
  /** The emergency stops in force, which every page shows. */
  stops: StopNotice[];
}

export interface Visit {
  visitor: Visitor;
  request: Request;
  response: Response;
}

export interface Visits {
  /** A page for those who are signed in; others are sent to sign in first. */
  page(handler: (visit: Visit) => Promise<void>): RequestHandler;
  /** A stream for those who are signed in; to others it says that their session is over. */
  stream(handler: (visit: Visit) => Promise<void>): RequestHandler;
  /** What a form does, for those who are signed in and sent it from a page of their own session. */
  form(handler: (visit: Visit, form: URLSearchParams) => Promise<void>): RequestHandler;
}

/** Wraps handlers so that they run for signed-in people only. */
export function createVisits(signIns: SignIns, stopsInForce: () => StopNotice[]): Visits {
  const visitorOf = async (request: Request): Promise<Visitor | null> => {
    const session = readSessionCookie(request);
    const caller = session === null ? null : await signIns.callerOf(session, isUse(request));
    if (session === null || caller === null) return null;
    return { caller, session, forgeryToken: forgeryToken(session), stops: stopsInForce() };
  };
  return {
    page: (handler) => async (request, response) => {
      const visitor = await visitorOf(request);
      if (visitor !== null) await handler({ visitor, request, response });
      else if (comesFromElsewhere(request)) sendOn(response, returnPath(request.originalUrl));
      else seeOther(response, signInPath(request.originalUrl));
    },
    stream: (handler) => async (request, response) => {
      const visitor = await visitorOf(request);
      if (visitor !== null) await handler({ visitor, request, response });
      else response.writeHead(200, STREAM_HEADERS).end(SESSION_OVER);
    },
    form: (handler) => async (request, response) => {
      refuseOtherSites(request);
      const asked = performance.now();
      const visitor = await visitorOf(request);
      if (visitor === null) {
        seeOther(response, signInPath(pageOf(request.path)));
        return;
      }
      keepAuthority(request, asked, () => assertSignedIn(signIns, visitor.session));
      const form = await readForm(request);
      refuseForgedForm(visitor.session, form);
      await handler({ visitor, request, response }, form);
    },
  };
}

async function assertSignedIn(signIns: SignIns, session: string): Promise<void> {
  if ((await signIns.callerOf(session, false)) !== null) return;
  throw new GateProblem('unauthenticated', 'Your session ended before the form was here. Sign in and send it again.');
}

function signInPath(wanted: string): string {
  return `${SIGN_IN_PATH}?next=${encodeURIComponent(wanted)}`;
}

/** The page that has the form which a path is for. */
export function pageOf(path: string): string {
  if (path.startsWith(STOPS_PATH)) return STOPS_PATH;
  return path.startsWith(GRANTS_PATH) ? GRANTS_PATH : path.replace(/\/(verdict|second-look)$/, '');
}

/** A page that keeps itself up to date, or listens, is not its reader. Browsers say what a request is for; others are taken at face value. */
function isUse(request: Request): boolean {
  const mode = request.headers['sec-fetch-mode'];
  return mode === undefined || mode === 'navigate';
}

/**
 * A strict cookie does not come along when somebody follows a link from a chat or a mail: they are had to ask for the same page
 * again, from a page of ours.
 */
function comesFromElsewhere(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}
