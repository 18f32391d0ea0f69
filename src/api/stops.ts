import { liftStopRequestSchema, throwStopRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { z } from 'zod';
import { readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import { cursorSchema, limitSchema, numeric, readId } from './parameters.ts';
import { resource } from './resource.ts';
import { validate, validateBody } from './validate.ts';

export const inForceSchema = z
  .enum(['true', 'false'])
  .meta({ description: 'true: only those in force; false: only those that were lifted' });
export const runningSchema = z
  .enum(['true', 'false'])
  .meta({ description: 'true: only what was running already; false: only what was ended and never runs' });

const page = { limit: numeric(limitSchema.unwrap()).default(50), cursor: cursorSchema.optional() };
const stopsQuery = z.strictObject({ inForce: inForceSchema.optional(), ...page });
const actionsQuery = z.strictObject({ running: runningSchema.optional(), ...page });

/** The emergency stops: throw, list, one with what became of it, what it met, lift. */
export function addStops(app: Express, { gateway, withCaller }: ApiContext): void {
  const { stops } = gateway;
  resource(app, '/api/v1/stops', {
    get: withCaller(async ({ caller, request, response }) => {
      const { inForce, ...options } = validate(stopsQuery, { ...request.query }, 'query');
      response.json(await stops.list(caller, { ...options, inForce: flag(inForce) }));
    }),
    post: withCaller(async ({ caller, request, response }) => {
      response.json(await stops.throw(caller, validateBody(throwStopRequestSchema, await readJsonBody(request))));
    }),
  });

  resource(app, '/api/v1/stops/:id', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await stops.show(caller, readId(request, 'stop')));
    }),
  });

  resource(app, '/api/v1/stops/:id/actions', {
    get: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'stop');
      const { running, ...options } = validate(actionsQuery, { ...request.query }, 'query');
      response.json(await stops.actions(caller, id, { ...options, running: flag(running) }));
    }),
  });

  resource(app, '/api/v1/stops/:id/lift', {
    post: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'stop');
      const given = validateBody(liftStopRequestSchema, await readJsonBody(request));
      response.json(await stops.lift(caller, id, given));
    }),
  });
}

function flag(text: 'true' | 'false' | undefined): boolean | undefined {
  return text === undefined ? undefined : text === 'true';
}
