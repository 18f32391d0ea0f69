import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';

/** What a log line says beside method, status and duration. Arguments and keys never go here. */
interface Notes {
  requestId: string;
  route: string;
  actionId?: string;
}

const notesOf = new WeakMap<Response, Notes>();
const ACCEPTED_REQUEST_ID = /^[\w.:-]{1,128}$/;
const QUIET_ROUTES: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** Gives every request an id (the caller's `x-request-id` where it is usable) and writes one line when it is over. */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && ACCEPTED_REQUEST_ID.test(given) ? given : randomUUID();
    notesOf.set(response, { requestId, route: 'none' });
    response.setHeader('x-request-id', requestId);
    response.once('close', () => {
      const notes = notesOf.get(response) ?? { requestId, route: 'none' };
      const line = {
        method: request.method,
        ...notes,
        status: response.statusCode,
        durationMs: Math.round((performance.now() - started) * 100) / 100,
        ...(response.writableFinished ? {} : { clientGone: true }),
      };
      if (QUIET_ROUTES.has(notes.route)) logger.debug(line, 'request');
      else logger.info(line, 'request');
    });
    next();
  };
}

/** Puts the pattern of the route on the request's log line. */
export function noteRoute(response: Response, route: string): void {
  const notes = notesOf.get(response);
  if (notes) notes.route = route;
}

/** Puts the action that the request is about on its log line. */
export function noteAction(response: Response, actionId: string): void {
  const notes = notesOf.get(response);
  if (notes) notes.actionId = actionId;
}

/** The id of the request that this response answers. */
export function requestIdOf(response: Response): string {
  return notesOf.get(response)?.requestId ?? 'none';
}

/** The pattern of the route that this response belongs to; `none` where no route took it. */
export function routeOf(response: Response): string {
  return notesOf.get(response)?.route ?? 'none';
}
