import { revokeGrantRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { z } from 'zod';
import { readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import { agentSchema, cursorSchema, limitSchema, numeric, readId } from './parameters.ts';
import { resource } from './resource.ts';
import { validate, validateBody } from './validate.ts';

export const liveSchema = z
  .enum(['true', 'false'])
  .meta({ description: 'true: only what can still be used; false: only what cannot' });

const grantsQuery = z.strictObject({
  live: liveSchema.optional(),
  agent: agentSchema.optional(),
  limit: numeric(limitSchema.unwrap()).default(50),
  cursor: cursorSchema.optional(),
});

/** The standing permissions: list, one with what happened to it, and taking one back. */
export function addGrants(app: Express, { gateway, withCaller }: ApiContext): void {
  const { grants } = gateway;
  resource(app, '/api/v1/grants', {
    get: withCaller(async ({ caller, request, response }) => {
      const { live, ...options } = validate(grantsQuery, { ...request.query }, 'query');
      response.json(await grants.list(caller, { ...options, live: live === undefined ? undefined : live === 'true' }));
    }),
  });

  resource(app, '/api/v1/grants/:id', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await grants.show(caller, readId(request, 'grant')));
    }),
  });

  resource(app, '/api/v1/grants/:id/revoke', {
    post: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'grant');
      const { reason } = validateBody(revokeGrantRequestSchema, await readJsonBody(request));
      response.json(await grants.revoke(caller, id, reason));
    }),
  });
}
