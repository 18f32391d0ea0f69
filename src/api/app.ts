import type { Express } from 'express';
import express from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { addConsole } from '../console/console.tsx';
import type { SignIns } from '../console/session/sign-ins.ts';
import { addActions } from './actions.ts';
import type { Admission } from './admission.ts';
import { addApprovalLooks } from './approval-looks.ts';
import { addApprovals } from './approvals.ts';
import type { Authenticate } from './authentication.ts';
import { createWithCaller } from './authentication.ts';
import type { ApiContext } from './context.ts';
import type { Gateway } from './gateway.ts';
import { addGrants } from './grants.ts';
import { addGuard } from './guard.ts';
import { addHealth } from './health.ts';
import { addInventory } from './inventory.ts';
import { addOpenApi } from './openapi.ts';
import { addPolicy } from './policy.ts';
import { addPolicyTools } from './policy-tools.ts';
import { answerProblems, refuseUnknownPath } from './problem-response.ts';
import { addProblems } from './problems.ts';
import { requestLog } from './request-log.ts';
import { createWaits } from './waits.ts';

export interface AppOptions {
  gateway: Gateway;
  authenticate: Authenticate;
  /** Who is signed in to the console; without it there are no pages. */
  signIns?: SignIns;
  admission: Admission;
  logger: Logger;
  version: string;
}

/** Emitted on the app by the server that closes: long polls end at once, and `/readyz` says no. */
export const CLOSING = 'gatehouse:closing';

/** Builds the HTTP API over a gateway. Throws nothing; start it with `serve`. */
export function createApp({ gateway, authenticate, signIns, admission, logger, version }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', false);
  app.set('query parser', 'simple');
  app.enable('case sensitive routing');

  const waits = createWaits();
  app.once(CLOSING, () => {
    waits.endAll();
  });
  const context: ApiContext = {
    gateway,
    admission,
    withCaller: createWithCaller(authenticate),
    waits,
    logger,
    version,
  };

  app.use(requestLog(logger));
  app.use(jsonHeaders());
  addGuard(app, context);
  addActions(app, context);
  addApprovals(app, context);
  addApprovalLooks(app, context);
  addGrants(app, context);
  addInventory(app, context);
  addPolicy(app, context);
  addPolicyTools(app, context);
  if (signIns !== undefined) addConsole(app, context, signIns);
  addHealth(app, context);
  addOpenApi(app, context);
  addProblems(app);
  app.use(refuseUnknownPath);
  app.use(answerProblems(logger));
  return app;
}

/** Headers for answers that are data and never a page: nothing may load, frame, sniff or store them. */
function jsonHeaders(): express.RequestHandler {
  const secure = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    secure(request, response, next);
  };
}
