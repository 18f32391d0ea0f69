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
import { addAudit } from './audit.ts';
import type { Authenticate } from './authentication.ts';
import { createWithCaller } from './authentication.ts';
import type { ApiContext } from './context.ts';
import type { Gateway } from './gateway.ts';
import { addCodec, type CodecDoor } from './codec.ts';
import { addGrants } from './grants.ts';
import { addGuard } from './guard.ts';
import { addHealth } from './health.ts';
import { addInventory } from './inventory.ts';
import { addKeys } from './keys.ts';
import { addNotices } from './notices.ts';
import { addOpenApi } from './openapi.ts';
import { addPolicy } from './policy.ts';
import { addPolicyTools } from './policy-tools.ts';
import { answerProblems, refuseUnknownPath } from './problem-response.ts';
import { addProblems } from './problems.ts';
import { createRateLimit } from './rate-limit.ts';
import { addReconciliation } from './reconciliation.ts';
import { requestLog } from './request-log.ts';
import type { SlackDoor } from './slack-answers.ts';
import { addSlack } from './slack.ts';
import { addStops } from './stops.ts';
import { addVerdictKeys } from './verdict-keys.ts';
import { tracedRequests } from './traced-requests.ts';
import { createWaits } from './waits.ts';

export interface AppOptions {
  gateway: Gateway;
  authenticate: Authenticate;
  /** Who is signed in to the console; without it there are no pages. */
  signIns?: SignIns;
  /** Where people answer in Slack; without it there is no such door. */
  slack?: SlackDoor;
  admission: Admission;
  /** Requests a second of one caller; 0 for no limit. */
  ratePerKey?: number;
  /** Where payloads of Temporal are decrypted; without it there is no such door. */
  codec?: CodecDoor;
  /** Is told the code of every refusal. */
  refused?: (code: string) => void;
  logger: Logger;
  version: string;
}

/** Emitted on the app by the server that closes: long polls end at once, and `/readyz` says no. */
export const CLOSING = 'gatehouse:closing';

/** Builds the HTTP API over a gateway. Throws nothing; start it with `serve`. */
export function createApp(options: AppOptions): Express {
  const { gateway, authenticate, signIns, slack, admission, ratePerKey = 0, codec, refused, logger, version } = options;
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
    withCaller: createWithCaller(authenticate, createRateLimit(ratePerKey)),
    waits,
    logger,
    version,
  };

  app.use(requestLog(logger));
  app.use(tracedRequests());
  app.use(jsonHeaders());
  addGuard(app, context);
  addActions(app, context);
  addApprovals(app, context);
  addApprovalLooks(app, context);
  addAudit(app, context);
  addGrants(app, context);
  addInventory(app, context);
  addKeys(app, context);
  addNotices(app, context);
  if (slack !== undefined) addSlack(app, context, slack);
  addPolicy(app, context);
  addPolicyTools(app, context);
  addStops(app, context);
  addReconciliation(app, context);
  if (signIns !== undefined) addConsole(app, context, signIns);
  addVerdictKeys(app, context);
  if (codec !== undefined) addCodec(app, context, codec, signIns);
  addHealth(app, context);
  addOpenApi(app, context);
  addProblems(app);
  app.use(refuseUnknownPath);
  app.use(answerProblems(logger, refused));
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
