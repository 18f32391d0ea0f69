import { cancelRequestSchema, claimRequestSchema, outcomeReportSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { confirmAuthority } from './authority.ts';
import { readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import { readActionsQuery, readId, readWait } from './parameters.ts';
import { noteAction } from './request-log.ts';
import { resource } from './resource.ts';
import { validateBody } from './validate.ts';

/** The actions: list, one with its timeline, and what its runner says of it. */
export function addActions(app: Express, { gateway, withCaller, waits }: ApiContext): void {
  resource(app, '/api/v1/actions', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await gateway.actions(caller, readActionsQuery(request)));
    }),
  });

  resource(app, '/api/v1/actions/:id', {
    get: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'action');
      noteAction(response, id);
      const [signal, confirm] = [waits.begin(response), () => confirmAuthority(request)];
      response.json(await gateway.action(caller, id, { ...readWait(request), signal, confirm }));
    }),
  });

  resource(app, '/api/v1/actions/:id/claim', {
    post: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'action');
      noteAction(response, id);
      const { claimId } = validateBody(claimRequestSchema, await readJsonBody(request));
      response.json(await gateway.claim(caller, id, claimId));
    }),
  });

  resource(app, '/api/v1/actions/:id/outcome', {
    post: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'action');
      noteAction(response, id);
      const report = validateBody(outcomeReportSchema, await readJsonBody(request));
      response.json(await gateway.report(caller, id, report));
    }),
  });

  resource(app, '/api/v1/actions/:id/cancel', {
    post: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'action');
      noteAction(response, id);
      const { reason } = validateBody(cancelRequestSchema, await readJsonBody(request, {}));
      response.json(await gateway.cancel(caller, id, reason));
    }),
  });
}
