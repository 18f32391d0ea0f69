import { bulkVerdictRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import type { Gateway } from '../../api/gateway.ts';
import { resource } from '../../api/resource.ts';
import { validateBody } from '../../api/validate.ts';
import { GateProblem } from '../../decide/problem.ts';
import type { ConsoleContext } from '../context.ts';
import { written } from '../http/form.ts';
import { inboxAddress, readInboxQuery } from '../http/inbox-query.ts';
import { seeOther, sendPage } from '../http/page-response.ts';
import { INBOX_PATH, LIVE_PATH } from '../http/paths.ts';
import { readTicks } from '../http/ticks.ts';
import type { InboxFacts } from '../pages/inbox.tsx';
import { InboxPage } from '../pages/inbox.tsx';
import { doneSays } from '../said/done.ts';
import { versionOf } from '../said/version.ts';
import type { Visit } from '../session/visits.ts';
import { readInbox } from './read-inbox.ts';

/** The inbox, and answers for all that is ticked in it. */
export function addInbox(app: Express, { gateway, visits }: ConsoleContext): void {
  resource(app, INBOX_PATH, {
    get: visits.page(async (visit) => {
      const done = doneSays(visit.request.query['done']);
      await sendInbox(gateway, visit, done === undefined ? {} : { done });
    }),
    post: visits.form(async (visit, form) => {
      try {
        const comment = written(form, 'comment');
        const bulk = validateBody(bulkVerdictRequestSchema, {
          verdict: form.get('verdict') ?? '',
          ...(comment === undefined ? {} : { comment }),
          approvals: readTicks(form),
        });
        const { results } = await gateway.verdicts(visit.visitor.caller, bulk);
        const address = inboxAddress(readInboxQuery(visit.request));
        if (results.every(({ counted }) => counted)) seeOther(visit.response, `${address}&done=bulk`);
        else await sendInbox(gateway, visit, { results }, 409);
      } catch (error) {
        if (!(error instanceof GateProblem)) throw error;
        await sendInbox(gateway, visit, { problem: error }, error.status);
      }
    }),
  });
}

async function sendInbox(
  gateway: Gateway,
  { visitor, request, response }: Visit,
  said: Pick<InboxFacts, 'done' | 'problem' | 'results'>,
  status = 200,
): Promise<void> {
  const query = readInboxQuery(request);
  const inbox = await readInbox(gateway, visitor.caller, query);
  // What a form was answered with stays until it is read: it does not change under the reader.
  const live = status === 200 && { live: { path: inboxAddress(query, LIVE_PATH), version: versionOf(inbox) } };
  sendPage(
    response,
    <InboxPage inbox={inbox} query={query} visitor={visitor} now={Date.now()} {...live} {...said} />,
    status,
  );
}
