import type { Express } from 'express';
import { z } from 'zod';
import type { ApiContext } from './context.ts';
import { limitSchema, numeric } from './parameters.ts';
import { resource } from './resource.ts';
import { validate } from './validate.ts';

const query = z.strictObject({ limit: numeric(limitSchema.unwrap()).default(1) });

/** How the last comparisons of Temporal with the record came out. */
export function addReconciliation(app: Express, { gateway, withCaller }: ApiContext): void {
  resource(app, '/api/v1/audit/reconciliation', {
    get: withCaller(async ({ caller, request, response }) => {
      const { limit } = validate(query, { ...request.query }, 'query');
      response.json(await gateway.reconciliation.list(caller, { limit }));
    }),
  });
}
