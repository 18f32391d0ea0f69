import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { outcomeSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { z } from 'zod';
import { EVENT_KINDS } from '../audit/events.ts';
import type { EntryFilter } from '../store/search.ts';
import { whileAuthorised } from './authority.ts';
import type { ApiContext } from './context.ts';
import { agentSchema, cursorSchema, limitSchema, numeric } from './parameters.ts';
import { resource } from './resource.ts';
import { validate } from './validate.ts';

const momentSchema = z.iso.datetime({ offset: true });

/** The parameters that say which entries are meant, as they are documented. */
export const FILTER_SCHEMAS = {
  from: momentSchema.meta({ description: 'Entries of this moment and later' }),
  to: momentSchema.meta({ description: 'Entries before this moment' }),
  agent: agentSchema,
  action: z.string().min(1).max(300).meta({ description: 'Entries of this action' }),
  kind: z.enum(EVENT_KINDS).meta({ description: 'Entries of this kind' }),
  outcome: outcomeSchema.meta({ description: 'Entries of actions that were decided so' }),
};
export const afterSchema = z
  .int()
  .min(0)
  .default(0)
  .meta({ description: 'Only what has its place behind this entry: go on where an export ended' });

const filterFields = {
  from: FILTER_SCHEMAS.from.optional(),
  to: FILTER_SCHEMAS.to.optional(),
  agent: FILTER_SCHEMAS.agent.optional(),
  action: FILTER_SCHEMAS.action.optional(),
  kind: FILTER_SCHEMAS.kind.optional(),
  outcome: FILTER_SCHEMAS.outcome.optional(),
};
const pageFields = { limit: numeric(limitSchema.unwrap()).default(50), cursor: cursorSchema.optional() };
const eventsQuery = z.strictObject({ ...filterFields, ...pageFields });
const exportQuery = z.strictObject({ ...filterFields, after: numeric(afterSchema.unwrap()).default(0) });
const checkpointsQuery = z.strictObject(pageFields);

/** The record: search, a copy of it, and its signed heads. */
export function addAudit(app: Express, { gateway, withCaller, logger }: ApiContext): void {
  const { audit } = gateway;
  resource(app, '/api/v1/audit/events', {
    get: withCaller(async ({ caller, request, response }) => {
      const { limit, cursor, ...filter } = validate(eventsQuery, { ...request.query }, 'query');
      response.json(await audit.events(caller, filterOf(filter), { limit, cursor }));
    }),
  });

  resource(app, '/api/v1/audit/export', {
    get: withCaller(async ({ caller, request, response }) => {
      const { after, ...filter } = validate(exportQuery, { ...request.query }, 'query');
      const pieces = await audit.export(caller, filterOf(filter), after);
      response.setHeader('Content-Type', 'application/x-ndjson');
      try {
        await pipeline(Readable.from(whileAuthorised(request, pieces)), response);
      } catch (error) {
        // The answer has begun: the connection is cut, which tells the client that it is not whole.
        logger.warn({ err: error }, 'an export ended before its end');
      }
    }),
  });

  resource(app, '/api/v1/audit/checkpoints', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await audit.checkpoints(caller, validate(checkpointsQuery, { ...request.query }, 'query')));
    }),
  });
}

function filterOf({ from, to, ...rest }: z.output<z.ZodObject<typeof filterFields>>): EntryFilter {
  return {
    ...rest,
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  };
}
