import type { Express } from 'express';
import type { ApiContext } from './context.ts';
import { resource } from './resource.ts';

/** `GET /api/v1/verdict-keys`: what checks the signatures of verdicts. Public by nature, so it needs no key. */
export function addVerdictKeys(app: Express, { gateway }: ApiContext): void {
  resource(app, '/api/v1/verdict-keys', {
    get: async (_request, response) => {
      response.json(await gateway.verdictKeys());
    },
  });
}
