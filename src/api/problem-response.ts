import type { Problem } from '@gatehouse/sdk/contract';
import { PROBLEMS } from '@gatehouse/sdk/contract';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { GateProblem } from '../decide/problem.ts';
import { requestIdOf } from './request-log.ts';

const RETRY_AFTER_SECONDS = '1';

/** Refuses a path that nothing serves. */
export const refuseUnknownPath: RequestHandler = () => {
  throw new GateProblem('not_found', 'Nothing is served at this path: see /openapi.json for the paths there are.');
};

/**
 * Answers every error as `application/problem+json`. What was not meant for callers is logged and answered `internal`.
 *
 * @param refused is told the code of each
 */
export function answerProblems(logger: Logger, refused: (code: string) => void = () => undefined): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const requestId = requestIdOf(response);
    const problem = toProblem(error);
    refused(problem.code);
    if (problem.code === 'internal') logger.error({ err: error, requestId }, 'request failed');
    else if (problem.cause !== undefined && problem.status >= 500)
      logger.warn({ err: problem.cause, requestId }, problem.code);
    if (response.headersSent) {
      // Too late for an answer of ours: express cuts the connection.
      next(error);
      return;
    }
    const wait = problem.facts['retryAfterSeconds'];
    if (typeof wait === 'number') response.setHeader('Retry-After', String(wait));
    else if (problem.status === 503) response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="gatehouse"');
    response
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, requestId)));
  };
}

/** The body of a problem answer. Its own members win over facts of the same name. */
export function problemBody(problem: GateProblem, requestId: string): Problem {
  return {
    ...problem.facts,
    type: `/problems/${problem.code}`,
    title: PROBLEMS[problem.code].title,
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    instance: `urn:gatehouse:request:${requestId}`,
    ...(problem.errors.length > 0 ? { errors: [...problem.errors] } : {}),
  };
}

/** What a caller hears of an error: its own problem, or `internal` for what was not meant for callers. */
export function toProblem(error: unknown): GateProblem {
  if (error instanceof GateProblem) return error;
  // The router throws this for a path with a broken percent escape.
  if (error instanceof URIError) {
    return new GateProblem('invalid_request', 'The path is not well percent-encoded: encode it as UTF-8.');
  }
  return new GateProblem(
    'internal',
    'Something broke on our side; nothing was allowed. Send the same request again; the request id finds it in the log.',
    {},
    [],
    { cause: error },
  );
}
