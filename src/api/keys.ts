import { keyRequestSchema, rotateKeyRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import { readId } from './parameters.ts';
import { resource } from './resource.ts';
import { validateBody } from './validate.ts';

/** Keys: list, make, rotate, revoke; and who is known here. */
export function addKeys(app: Express, { gateway, withCaller }: ApiContext): void {
  const { keys } = gateway;
  resource(app, '/api/v1/keys', {
    get: withCaller(async ({ caller, response }) => {
      response.json(await keys.list(caller));
    }),
    post: withCaller(async ({ caller, request, response }) => {
      const given = validateBody(keyRequestSchema, await readJsonBody(request));
      // What is in the answer is there once: nothing on the way is to keep it.
      response.setHeader('Cache-Control', 'no-store');
      response.json(await keys.make(caller, given));
    }),
  });

  resource(app, '/api/v1/keys/:id', {
    delete: withCaller(async ({ caller, request, response }) => {
      response.json(await keys.revoke(caller, readId(request, 'key')));
    }),
  });

  resource(app, '/api/v1/keys/:id/rotate', {
    post: withCaller(async ({ caller, request, response }) => {
      const id = readId(request, 'key');
      const given = validateBody(rotateKeyRequestSchema, await readJsonBody(request, {}));
      response.setHeader('Cache-Control', 'no-store');
      response.json(await keys.rotate(caller, id, given));
    }),
  });

  resource(app, '/api/v1/principals', {
    get: withCaller(async ({ caller, response }) => {
      response.json(await keys.principals(caller));
    }),
  });
}
