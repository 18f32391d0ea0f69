import { z } from 'zod';

/** What became of one message to one address. */
export const deliveryStateSchema = z.enum([
  'gathered', // waits for the message that it becomes a part of
  'waiting', // on its way for the first time
  'failed', // the last attempt failed; another comes
  'sent',
  'given_up',
  'merged', // told as a part of another message, see digestId
  'dropped', // there was nothing to tell any more
]);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

/** One notice to one address of one channel, and how far it has come. */
export const noticeDeliverySchema = z.object({
  deliveryId: z.string().meta({ description: 'Also the webhook-id of a webhook' }),
  notice: z.string().meta({ description: 'What it tells of, e.g. held; digest for several in one message' }),
  channel: z.string(),
  channelKind: z.enum(['webhook', 'slack', 'email']),
  recipient: z
    .string()
    .nullable()
    .meta({ description: 'A mail address; null where the channel has one address alone' }),
  state: deliveryStateSchema,
  attempts: z.int(),
  lastError: z.string().nullable(),
  actionId: z.string().nullable(),
  approvalId: z.string().nullable(),
  digestId: z.string().nullable().meta({ description: 'The delivery of the message that tells it among others' }),
  createdAt: z.string(),
  changedAt: z.string(),
});
export type NoticeDelivery = z.infer<typeof noticeDeliverySchema>;

/** Answer of `GET /api/v1/notices`. */
export const noticeListSchema = z.object({ notices: z.array(noticeDeliverySchema), nextCursor: z.string().nullable() });
export type NoticeList = z.infer<typeof noticeListSchema>;
