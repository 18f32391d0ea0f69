import { liftStopRequestSchema, throwStopRequestSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { z } from 'zod';
import type { Gateway } from '../../api/gateway.ts';
import { cursorSchema, readId } from '../../api/parameters.ts';
import { resource } from '../../api/resource.ts';
import { invalid, validate, validateBody } from '../../api/validate.ts';
import { GateProblem } from '../../decide/problem.ts';
import type { ConsoleContext } from '../context.ts';
import { written } from '../http/form.ts';
import { seeOther, sendPage } from '../http/page-response.ts';
import { stopPath, STOPS_PATH } from '../http/paths.ts';
import { StopPage } from '../pages/stop.tsx';
import type { StopsFacts } from '../pages/stops.tsx';
import { StopsPage } from '../pages/stops.tsx';
import { doneSays } from '../said/done.ts';
import type { Visit } from '../session/visits.ts';

const PAGE_SIZE = 50;
const listQuery = z.object({ inForce: z.enum(['true', 'false']).default('true'), cursor: cursorSchema.optional() });
const stopQuery = z.object({ running: z.enum(['true', 'false']).default('false'), cursor: cursorSchema.optional() });

/** The emergency stops: what is in force, throwing one, what one has met, lifting one. */
export function addStopPages(app: Express, { gateway, visits }: ConsoleContext): void {
  resource(app, STOPS_PATH, {
    get: visits.page(async (visit) => {
      const done = doneSays(visit.request.query['done']);
      await sendStops(gateway, visit, done === undefined ? {} : { done });
    }),
    post: visits.form(async (visit, form) => {
      try {
        const given = validateBody(throwStopRequestSchema, readStop(form));
        const { stopId } = await gateway.stops.throw(visit.visitor.caller, given);
        seeOther(visit.response, stopPath(stopId));
      } catch (error) {
        if (!(error instanceof GateProblem)) throw error;
        await sendStops(gateway, visit, { problem: error, draft: form }, error.status);
      }
    }),
  });

  resource(app, `${STOPS_PATH}/:id`, {
    get: visits.page(async ({ visitor, request, response }) => {
      const id = readId(request, 'stop');
      const query = validate(stopQuery, { ...request.query }, 'query');
      const running = query.running === 'true';
      const options = { running, limit: PAGE_SIZE, cursor: query.cursor };
      const stop = await gateway.stops.show(visitor.caller, id);
      const met = await gateway.stops.actions(visitor.caller, id, options);
      sendPage(response, <StopPage stop={stop} met={met} running={running} visitor={visitor} now={Date.now()} />);
    }),
  });

  resource(app, `${STOPS_PATH}/:id/lift`, {
    post: visits.form(async (visit, form) => {
      try {
        const given = validateBody(liftStopRequestSchema, { reason: written(form, 'reason') ?? '' });
        await gateway.stops.lift(visit.visitor.caller, readId(visit.request, 'stop'), given);
        seeOther(visit.response, `${STOPS_PATH}?done=lift`);
      } catch (error) {
        if (!(error instanceof GateProblem)) throw error;
        await sendStops(gateway, visit, { problem: error }, error.status);
      }
    }),
  });
}

/** A form says everything at once: a name that is left empty is none. */
function readStop(form: URLSearchParams): Record<string, string> {
  if (form.get('confirmed') !== 'yes') {
    const fix = 'tick that it is to be stopped now';
    throw invalid([{ field: '/confirmed', problem: 'is missing', fix }], 'body');
  }
  const value = written(form, 'value');
  const scope = form.get('scope') ?? '';
  return { scope, reason: written(form, 'reason') ?? '', ...(value === undefined ? {} : { value }) };
}

async function sendStops(
  gateway: Gateway,
  { visitor, request, response }: Visit,
  said: Pick<StopsFacts, 'done' | 'problem' | 'draft'>,
  status = 200,
): Promise<void> {
  const query = validate(listQuery, { ...request.query }, 'query');
  const inForce = query.inForce === 'true';
  const list = await gateway.stops.list(visitor.caller, { inForce, cursor: query.cursor, limit: PAGE_SIZE });
  sendPage(response, <StopsPage list={list} inForce={inForce} visitor={visitor} now={Date.now()} {...said} />, status);
}
