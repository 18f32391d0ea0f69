import type { ErrorRequestHandler, Express } from 'express';
import type { Logger } from 'pino';
import type { ApiContext } from '../api/context.ts';
import { toProblem } from '../api/problem-response.ts';
import { requestIdOf } from '../api/request-log.ts';
import { resource } from '../api/resource.ts';
import { GateProblem } from '../decide/problem.ts';
import type { ConsoleContext } from './context.ts';
import { addAssets } from './http/assets.ts';
import { INBOX_PATH } from './http/paths.ts';
import { pageHeaders, seeOther, sendPage } from './http/page-response.ts';
import { ProblemPage } from './pages/problem.tsx';
import { addCard } from './routes/card.tsx';
import { addGrantPages } from './routes/grants.tsx';
import { addInbox } from './routes/inbox.tsx';
import { addLive } from './routes/live.ts';
import { addSignIn } from './routes/sign-in.tsx';
import { addStopPages } from './routes/stops.tsx';
import type { SignIns } from './session/sign-ins.ts';
import { createVisits } from './session/visits.ts';

const PATH = '/console';

/** Adds the pages for reviewers below `/console`. They call the same gateway as the API, as the person who is signed in. */
export function addConsole(app: Express, { gateway, waits, logger }: ApiContext, signIns: SignIns): void {
  const context: ConsoleContext = {
    gateway,
    waits,
    logger,
    signIns,
    visits: createVisits(signIns, () => gateway.stops.inForce()),
  };
  app.use(PATH, pageHeaders());
  addAssets(app);
  resource(app, PATH, {
    get: (_request, response) => {
      seeOther(response, INBOX_PATH);
    },
  });
  addSignIn(app, context);
  addInbox(app, context);
  addCard(app, context);
  addGrantPages(app, context);
  addStopPages(app, context);
  addLive(app, context);
  app.use(PATH, () => {
    throw new GateProblem('not_found', 'There is no such page.');
  });
  app.use(PATH, problemsAsPages(logger));
}

/** Answers every error of a page as a page. What was not meant for people is logged and shown as `internal`. */
function problemsAsPages(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const problem = toProblem(error);
    if (problem.status >= 500)
      logger.error({ err: problem.cause ?? problem, requestId: requestIdOf(response) }, 'page failed');
    if (response.headersSent) {
      // Too late for an answer of ours: express cuts the connection.
      next(error);
      return;
    }
    sendPage(response, <ProblemPage problem={problem} />, problem.status);
  };
}
