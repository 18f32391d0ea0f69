import { deliveryStateSchema } from '@gatehouse/sdk/contract';
import type { Express } from 'express';
import { z } from 'zod';
import type { ApiContext } from './context.ts';
import { cursorSchema, limitSchema, numeric } from './parameters.ts';
import { resource } from './resource.ts';
import { validate } from './validate.ts';

const word = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[\x21-\x7e]*$/, 'printable ASCII characters without spaces');
export const aboutActionSchema = word.meta({ description: 'Only those about this action' });
export const channelSchema = word.meta({ description: 'Only those to this channel' });

const noticesQuery = z.strictObject({
  action: aboutActionSchema.optional(),
  channel: channelSchema.optional(),
  state: deliveryStateSchema.optional(),
  limit: numeric(limitSchema.unwrap()).default(50),
  cursor: cursorSchema.optional(),
});

/** Who was told of what, and how far each message has come. */
export function addNotices(app: Express, { gateway, withCaller }: ApiContext): void {
  resource(app, '/api/v1/notices', {
    get: withCaller(async ({ caller, request, response }) => {
      const options = validate(noticesQuery, { ...request.query }, 'query');
      response.json(await gateway.notices.list(caller, options));
    }),
  });
}
