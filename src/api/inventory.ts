import type { Express, Request } from 'express';
import { z } from 'zod';
import { may } from '../access/permissions.ts';
import { GateProblem } from '../decide/problem.ts';
import { acceptRequestSchema, capabilityStatusSchema, importRequestSchema } from '../inventory/wire.ts';
import { MAX_BODY_BYTES, readJsonBody } from './body.ts';
import type { ApiContext } from './context.ts';
import type { InventoryListOptions } from './inventory-gateway.ts';
import { numeric } from './parameters.ts';
import { resource } from './resource.ts';
import { validate, validateBody } from './validate.ts';

/** An import carries every schema of a server: the 700 operations of a large API have about a megabyte. */
const MAX_IMPORT_BYTES = 16 * 1024 * 1024;

export const serverSchema = z.string().min(1).max(500).meta({ description: 'Only those of this server' });
export const originSchema = z
  .enum(['import', 'traffic'])
  .meta({ description: 'Only what an import knows, or only what traffic alone shows' });
export const inventoryLimitSchema = z
  .int()
  .min(1)
  .max(500)
  .default(100)
  .meta({ description: 'How many to answer at most' });

export const inventoryCursorSchema = z
  .string()
  .min(1)
  .max(4000)
  .meta({ description: 'The nextCursor of the answer before' });

const diffQuery = z.strictObject({
  server: serverSchema.optional(),
  limit: numeric(inventoryLimitSchema.unwrap()).default(100),
  cursor: inventoryCursorSchema.optional(),
});
const listQuery = diffQuery.extend({ status: capabilityStatusSchema.optional(), origin: originSchema.optional() });

/** The inventory: what agents are able to do, what changed of it, and who has looked. */
export function addInventory(app: Express, { gateway, withCaller }: ApiContext): void {
  const { inventory } = gateway;
  resource(app, '/api/v1/inventory', {
    get: withCaller(async ({ caller, request, response }) => {
      const options: InventoryListOptions = validate(listQuery, { ...request.query }, 'query');
      response.json(await inventory.list(caller, options));
    }),
  });

  resource(app, '/api/v1/inventory/imports', {
    post: withCaller(async ({ caller, request, response }) => {
      const limit = may(caller.role, 'inventory.change') ? MAX_IMPORT_BYTES : MAX_BODY_BYTES;
      const given = validateBody(importRequestSchema, await readJsonBody(request, undefined, limit));
      response.json(await inventory.import(caller, given));
    }),
  });

  resource(app, '/api/v1/inventory/diff', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await inventory.diff(caller, validate(diffQuery, { ...request.query }, 'query')));
    }),
  });

  resource(app, '/api/v1/inventory/accept', {
    post: withCaller(async ({ caller, request, response }) => {
      const limit = may(caller.role, 'inventory.change') ? MAX_IMPORT_BYTES : MAX_BODY_BYTES;
      const given = validateBody(acceptRequestSchema, await readJsonBody(request, undefined, limit));
      response.json(await inventory.accept(caller, given));
    }),
  });

  resource(app, '/api/v1/inventory/:id', {
    get: withCaller(async ({ caller, request, response }) => {
      response.json(await inventory.show(caller, readCapabilityId(request)));
    }),
  });
}

/** The id of the path, decoded. Names of tools hold what their servers like, spaces and foreign scripts included. */
function readCapabilityId(request: Request): string {
  const id = request.params['id'];
  if (typeof id !== 'string' || !id.includes('/') || id.length > 2000 || id.includes('\0')) {
    throw new GateProblem('not_found', 'There is no capability of that id: it is server/name, encoded as one part.');
  }
  return id;
}
