import type { Express } from 'express';
import { z } from 'zod';
import { explainRequestSchema } from '../policy/explain/request.ts';
import { simulateRequestSchema } from '../policy/simulate/request.ts';
import { confirmAuthority } from './authority.ts';
import { readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import { numeric, readId } from './parameters.ts';
import { noteAction } from './request-log.ts';
import { resource } from './resource.ts';
import { validate, validateBody } from './validate.ts';

/** A policy of some thousand rules is larger than an action may be; in bytes. */
const MAX_CANDIDATE_BYTES = 4 * 1024 * 1024;

export const daysSchema = z.number().positive().max(366).default(30).meta({ description: 'How far to look back' });
export const leastSchema = z
  .int()
  .min(2)
  .max(10_000)
  .default(10)
  .meta({ description: 'So often people must have answered before their answers say anything' });
const suggestionsQuery = z.strictObject({
  days: numeric(daysSchema.unwrap()).default(30),
  least: numeric(leastSchema.unwrap()).default(10),
});

/** The policy tools: why an action gets its outcome, what a candidate would change, what history suggests. */
export function addPolicyTools(app: Express, { gateway, withCaller, waits }: ApiContext): void {
  const { policyTools } = gateway;
  resource(app, '/api/v1/policy/explain', {
    post: withCaller(async ({ caller, request, response }) => {
      const asked = validateBody(explainRequestSchema, await readJsonBody(request));
      response.json(await policyTools.explain(caller, asked));
    }),
  });

  resource(app, '/api/v1/actions/:id/explanation', {
    get: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'action');
      noteAction(response, id);
      response.json(await policyTools.explanation(caller, id));
    }),
  });

  resource(app, '/api/v1/policy/simulate', {
    post: withCaller(async ({ caller, request, response }) => {
      const body = await readJsonBody(request, undefined, MAX_CANDIDATE_BYTES);
      const asked = validateBody(simulateRequestSchema, body);
      const report = await policyTools.simulate(caller, asked, waits.begin(response));
      await confirmAuthority(request);
      response.json(report);
    }),
  });

  resource(app, '/api/v1/policy/suggestions', {
    get: withCaller(async ({ caller, request, response }) => {
      const options = validate(suggestionsQuery, { ...request.query }, 'query');
      const found = await policyTools.suggestions(caller, options, waits.begin(response));
      await confirmAuthority(request);
      response.json(found);
    }),
  });
}
