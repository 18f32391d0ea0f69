import { once } from 'node:events';
import type { RequestHandler } from 'express';
import { inSpan, spansAreCollected } from '../observability/spans.ts';
import { readTraceparent } from '../observability/traceparent.ts';
import { routeOf } from './request-log.ts';

/** Makes each request a span of the trace that its caller names in the header `traceparent`. */
export function tracedRequests(): RequestHandler {
  return (request, response, next) => {
    // Most installations have no collector: their requests do not wait for their own end.
    if (!spansAreCollected()) {
      next();
      return;
    }
    const { method, headers } = request;
    const parent = readTraceparent(headers['traceparent']);
    void inSpan(method, { kind: 'server', parent, attributes: { 'http.request.method': method } }, async (span) => {
      const over = once(response, 'close');
      next();
      await over;
      const route = routeOf(response);
      span.name(`${method} ${route}`);
      span.set({ 'http.route': route, 'http.response.status_code': response.statusCode });
    });
  };
}
