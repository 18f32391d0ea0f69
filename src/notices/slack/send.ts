import { ENDS } from '../../audit/notice-kinds.ts';
import { readOfApproval } from '../../store/deliveries.ts';
import { readApprovalAlone } from '../../store/lists.ts';
import type { Store } from '../../store/open.ts';
import type { SlackChannel, SlackConfig } from '../config.ts';
import type { Links } from '../links.ts';
import type { Subject } from '../subject.ts';
import { callSlack, receiptSchema, type SlackReceipt } from './client.ts';
import { slackMessage } from './message.ts';

export interface SlackSending {
  store: Store;
  slack: SlackConfig;
  channel: SlackChannel;
  links: Links;
}

/** What became of it: where it stands, or that what stands there already says it. */
export type SlackSent = { receipt: SlackReceipt } | { told: 'by an update' | 'by what is on its way' };

const UNSENT: ReadonlySet<string> = new Set(['waiting', 'failed']);

/** Puts a message into the channel; the end of a question takes the buttons from the messages that asked it. Throws `SendError`. */
export async function sendSlack(sending: SlackSending, subjects: readonly Subject[]): Promise<SlackSent> {
  const { slack, channel, links, store } = sending;
  const [subject] = subjects;
  if (subject?.approval != null && subjects.length === 1 && ENDS.has(subject.kind)) {
    const asked = (await readOfApproval(store, subject.approval.id, channel.name)).filter(
      ({ kind }) => !ENDS.has(kind),
    );
    const posted = asked.filter(({ receipt_json: receipt }) => receipt !== null);
    for (const { receipt_json: receipt } of posted)
      await update(sending, receiptSchema.parse(JSON.parse(receipt ?? '')), subject);
    if (posted.length > 0) return { told: 'by an update' };
    if (asked.some(({ state }) => UNSENT.has(state))) return { told: 'by what is on its way' };
  }
  const message = slackMessage(subjects, links);
  const answer = await callSlack(slack, 'chat.postMessage', { channel: channel.channel, ...message, ...QUIET });
  const receipt = receiptSchema.parse(answer);
  if (subject?.approval != null && subjects.length === 1) await catchUp(sending, receipt, subject);
  return { receipt };
}

/** Slack makes nothing of our texts but what they say. */
const QUIET = { mrkdwn: false, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false };

async function update({ slack, links }: SlackSending, place: SlackReceipt, subject: Subject): Promise<void> {
  await callSlack(slack, 'chat.update', {
    ...place,
    ...slackMessage([subject], links),
    parse: 'none',
    link_names: false,
  });
}

/** A question that ended while its message was on the way: whoever told of the end found no message to update. */
async function catchUp(sending: SlackSending, place: SlackReceipt, subject: Subject): Promise<void> {
  if (subject.approval?.status !== 'pending') return;
  const now = await readApprovalAlone(sending.store, subject.approval.id);
  if (now === undefined || now.status === 'pending') return;
  await update(sending, place, { ...subject, approval: now });
}
