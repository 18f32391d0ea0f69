import type { DeliveryRow } from '../store/deliveries.ts';
import type { WebhookChannel } from './config.ts';
import type { Links } from './links.ts';
import { post } from './post.ts';
import type { Subject } from './subject.ts';
import { webhookBody } from './webhook-body.ts';

/**
 * Posts the notices of one delivery as a Standard Webhook, signed with every secret of the channel. Every attempt has the
 * same `webhook-id` and the same body, so that a receiver can tell a repeat. Throws `SendError`.
 */
export async function sendWebhook(
  channel: WebhookChannel,
  delivery: Pick<DeliveryRow, 'id'>,
  subjects: readonly Subject[],
  links: Links,
): Promise<void> {
  await postSigned(channel, delivery.id, JSON.stringify(webhookBody(channel, subjects, links)), new Date());
}

/** Signs and posts a body. */
export async function postSigned(channel: WebhookChannel, id: string, body: string, at: Date): Promise<void> {
  // Only the worker of an installation with webhooks needs it.
  const { Webhook } = await import('standardwebhooks');
  const signatures = channel.secrets.map((secret) => new Webhook(secret).sign(id, at, body));
  await post({
    url: channel.url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'gatehouse',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    },
  });
}
