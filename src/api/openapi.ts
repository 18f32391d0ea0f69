import type { Express } from 'express';
import type { ApiContext } from './context.ts';
import { describeApi } from './openapi/describe.ts';
import { resource } from './resource.ts';

/** `GET /openapi.json`: the description of this API, made once from the schemas that validate the requests. */
export function addOpenApi(app: Express, { version }: ApiContext): void {
  let description: string | undefined;
  resource(app, '/openapi.json', {
    get: (_request, response) => {
      description ??= JSON.stringify(describeApi(version), null, 2);
      response.type('application/json').send(description);
    },
  });
}
