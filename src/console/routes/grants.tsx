import { revokeGrantRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { z } from 'zod';
import type { Gateway } from '../../api/gateway.ts';
import { cursorSchema, readId } from '../../api/parameters.ts';
import { resource } from '../../api/resource.ts';
import { validate, validateBody } from '../../api/validate.ts';
import { GateProblem } from '../../decide/problem.ts';
import type { ConsoleContext } from '../context.ts';
import { written } from '../http/form.ts';
import { seeOther, sendPage } from '../http/page-response.ts';
import { GRANTS_PATH } from '../http/paths.ts';
import type { GrantsFacts } from '../pages/grants.tsx';
import { GrantsPage } from '../pages/grants.tsx';
import { doneSays } from '../said/done.ts';
import type { Visit } from '../session/visits.ts';

const PAGE_SIZE = 50;
const querySchema = z.object({ live: z.enum(['true', 'false']).default('true'), cursor: cursorSchema.optional() });

/** The standing permissions, and taking one back. */
export function addGrantPages(app: Express, { gateway, visits }: ConsoleContext): void {
  resource(app, GRANTS_PATH, {
    get: visits.page(async (visit) => {
      const done = doneSays(visit.request.query['done']);
      await sendGrants(gateway, visit, done === undefined ? {} : { done });
    }),
  });

  resource(app, `${GRANTS_PATH}/:id/revoke`, {
    post: visits.form(async (visit, form) => {
      try {
        const { reason } = validateBody(revokeGrantRequestSchema, { reason: written(form, 'reason') ?? '' });
        await gateway.grants.revoke(visit.visitor.caller, readId(visit.request, 'grant'), reason);
        seeOther(visit.response, `${GRANTS_PATH}?done=revoke`);
      } catch (error) {
        if (!(error instanceof GateProblem)) throw error;
        await sendGrants(gateway, visit, { problem: error }, error.status);
      }
    }),
  });
}

async function sendGrants(
  gateway: Gateway,
  { visitor, request, response }: Visit,
  said: Pick<GrantsFacts, 'done' | 'problem'>,
  status = 200,
): Promise<void> {
  const { live, cursor } = validate(querySchema, { ...request.query }, 'query');
  const isLive = live === 'true';
  const list = await gateway.grants.list(visitor.caller, { live: isLive, cursor, limit: PAGE_SIZE });
  sendPage(response, <GrantsPage list={list} isLive={isLive} visitor={visitor} now={Date.now()} {...said} />, status);
}
