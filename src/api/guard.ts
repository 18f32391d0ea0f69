import { guardRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { readTraceparent } from '../observability/traceparent.ts';
import type { ApiContext } from './context.ts';
import { readJsonBody } from './body.ts';
import { readIdempotencyKey } from './parameters.ts';
import { noteAction } from './request-log.ts';
import { resource } from './resource.ts';
import { validateBody } from './validate.ts';

/** `POST /api/v1/guard`: may this action run? */
export function addGuard(app: Express, { gateway, admission, withCaller }: ApiContext): void {
  const guard = withCaller(async ({ caller, request, response }) => {
    const key = readIdempotencyKey(request);
    const trace = readTraceparent(request.headers['traceparent']);
    // A place is taken only once the whole request is here, so that a slow sender holds none.
    const wanted = validateBody(guardRequestSchema, await readJsonBody(request));
    const { answer, replayed } = await admission.run(caller.principal, () => gateway.guard(caller, wanted, key, trace));
    noteAction(response, answer.actionId);
    if (replayed) response.setHeader('Idempotent-Replayed', 'true');
    response.json(answer);
  });
  resource(app, '/api/v1/guard', {
    post: (request, response, next) => {
      // Before the key is looked up and the body is read: a refusal must stay quick when there are very many.
      admission.check();
      return guard(request, response, next);
    },
  });
}
