import { randomUUID } from 'node:crypto';
import type { DeliveryRow } from '../store/deliveries.ts';
import type { Store } from '../store/open.ts';
import type { Channel, NoticesConfig } from './config.ts';
import { mailAbout, testMail } from './email/mail.ts';
import { sendMail } from './email/send.ts';
import type { Links } from './links.ts';
import { SendError } from './send-error.ts';
import { callSlack } from './slack/client.ts';
import { section } from './slack/message.ts';
import { sendSlack } from './slack/send.ts';
import type { Subject } from './subject.ts';
import { postSigned, sendWebhook } from './webhook.ts';

/** What it takes to send. */
export interface Sending {
  store: Store;
  config: NoticesConfig;
  links: Links;
}

/** What became of a message: what the other side calls it, or why it did not have to be sent. */
export interface Sent {
  receipt?: unknown;
  dropped?: string;
}

/** Sends one delivery, once. Throws `SendError`. */
export async function send(
  { store, config, links }: Sending,
  delivery: DeliveryRow,
  subjects: readonly Subject[],
): Promise<Sent> {
  const channel = config.channels.get(delivery.channel);
  if (channel === undefined) throw new SendError('The channel is not in the file of notices any more', true);
  switch (channel.kind) {
    case 'webhook':
      await sendWebhook(channel, delivery, subjects, links);
      return {};
    case 'slack': {
      const sent = await sendSlack({ store, slack: partOf(config.slack, 'slack'), channel, links }, subjects);
      if ('receipt' in sent) return { receipt: sent.receipt };
      return sent.told === 'by an update' ? {} : { dropped: 'The question itself is on its way, and says it' };
    }
    case 'email': {
      const smtp = partOf(config.smtp, 'smtp');
      const mail = mailAbout(subjects, { deliveryId: delivery.id, channel, from: smtp.from, links });
      await sendMail(smtp, delivery.recipient ?? '', mail);
      return {};
    }
  }
}

/** Sends a message that says nothing but that it arrives, to every address of a channel. Throws `SendError`. */
export async function sendTest(config: NoticesConfig, channel: Channel, links: Links): Promise<void> {
  const id = `test_${randomUUID()}`;
  switch (channel.kind) {
    case 'webhook': {
      const now = new Date();
      const body = { version: 1, timestamp: now.toISOString(), type: 'notice.test', data: { channel: channel.name } };
      await postSigned(channel, id, JSON.stringify(body), now);
      return;
    }
    case 'slack': {
      const text = 'Notices of Gatehouse arrive in this channel.';
      const slack = partOf(config.slack, 'slack');
      await callSlack(slack, 'chat.postMessage', { channel: channel.channel, text, blocks: [section(text)] });
      return;
    }
    case 'email': {
      const smtp = partOf(config.smtp, 'smtp');
      for (const to of channel.to) await sendMail(smtp, to, testMail({ deliveryId: id, from: smtp.from, links }));
    }
  }
}

function partOf<Part>(part: Part | null, name: string): Part {
  if (part !== null) return part;
  throw new SendError(`The file of notices has no part ${name}`, true);
}
