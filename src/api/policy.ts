import { activationRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { z } from 'zod';
import { GateProblem } from '../decide/problem.ts';
import { readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import { limitSchema, numeric } from './parameters.ts';
import { resource } from './resource.ts';
import { validate, validateBody } from './validate.ts';

const versionsQuery = z.strictObject({ limit: numeric(limitSchema.unwrap()).default(50) });

/** The policy: what is in force, every version that ever was, and the change to another. */
export function addPolicy(app: Express, { gateway, withCaller }: ApiContext): void {
  const { policy } = gateway;
  resource(app, '/api/v1/policy', {
    get: withCaller(async ({ caller, response }) => {
      response.json(await policy.state(caller));
    }),
  });

  resource(app, '/api/v1/policy/versions', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await policy.versions(caller, validate(versionsQuery, { ...request.query }, 'query')));
    }),
  });

  resource(app, '/api/v1/policy/versions/:digest', {
    get: withCaller(async ({ caller, request, response }) => {
      const { digest } = request.params;
      if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{8,64}$/.test(digest)) {
        throw new GateProblem(
          'not_found',
          'There is no policy of that digest: give sha256: and at least 8 hex digits.',
        );
      }
      response.json(await policy.version(caller, digest));
    }),
  });

  resource(app, '/api/v1/policy/activations', {
    post: withCaller(async ({ caller, request, response }) => {
      // Who may not do it is refused by the gateway, so that the attempt is on record.
      const given = validateBody(activationRequestSchema, await readJsonBody(request));
      response.json(await policy.activate(caller, given));
    }),
  });
}
