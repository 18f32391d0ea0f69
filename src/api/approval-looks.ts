import { secondLookRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import { readId } from './parameters.ts';
import { noteAction } from './request-log.ts';
import { resource } from './resource.ts';
import { validateBody } from './validate.ts';

/** What people look at around an approval: its background before, and the second look after a break-glass approval. */
export function addApprovalLooks(app: Express, { gateway, withCaller }: ApiContext): void {
  resource(app, '/api/v1/approvals/:id/background', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await gateway.background(caller, readId(request, 'approval')));
    }),
  });

  resource(app, '/api/v1/approvals/:id/second-look', {
    post: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'approval');
      const given = validateBody(secondLookRequestSchema, await readJsonBody(request, {}));
      const approval = await gateway.secondLook(caller, id, given);
      noteAction(response, approval.actionId);
      response.json(approval);
    }),
  });
}
