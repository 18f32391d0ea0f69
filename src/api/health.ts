import type { Express } from 'express';
import type { ApiContext } from './context.ts';
import { resource } from './resource.ts';

/** `GET /healthz`: the process serves. `GET /readyz`: it can decide, dependency by dependency. Neither needs a key. */
export function addHealth(app: Express, { gateway, waits, logger, version }: ApiContext): void {
  resource(app, '/healthz', {
    get: (_request, response) => {
      response.json({ status: 'ok', version });
    },
  });

  resource(app, '/readyz', {
    get: async (_request, response) => {
      if (waits.ended()) {
        response.status(503).json({ ready: false, checks: { server: { ok: false, says: 'is shutting down' } } });
        return;
      }
      const readiness = await gateway.readiness().catch((error: unknown) => {
        logger.error({ err: error }, 'the readiness check failed');
        return { ready: false, checks: { gateway: { ok: false, says: 'the check itself failed, see the log' } } };
      });
      response.status(readiness.ready ? 200 : 503).json(readiness);
    },
  });
}
