import { createHash } from 'node:crypto';
import { ENDS, type NoticeKind } from '../audit/notice-kinds.ts';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { readOfApproval, writeRouted, type DeliveryRow, type NewDelivery } from '../store/deliveries.ts';
import { readApprovalAlone } from '../store/lists.ts';
import { countSince, readDue } from '../store/notice-digests.ts';
import type { NoticeRow } from '../store/notices.ts';
import type { Store } from '../store/open.ts';
import type { Channel, NoticesConfig } from './config.ts';
import { channelsFor } from './route.ts';
import { groupsTold, isOldNews } from './subject.ts';

/** What nobody may have to wait for, however much else there is to tell. */
const URGENT: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['overridden', 'stop_thrown', 'stop_lifted']);

/** Turns a notice into deliveries, one for each address that is told, and puts them on record with it. */
export async function expand(store: Store, config: NoticesConfig, notice: NoticeRow, now: number): Promise<void> {
  const found = notice.approval_id === null ? undefined : await readApprovalAlone(store, notice.approval_id);
  const approval = found ?? null;
  const about = { kind: notice.kind, data: JSON.parse(notice.data_json) as JsonObject, approval };
  const deliveries: NewDelivery[] = [];
  if (!isOldNews(about)) {
    const told = notice.approval_id === null ? [] : await readOfApproval(store, notice.approval_id);
    const routed = channelsFor(config, {
      kind: notice.kind,
      groups: groupsTold(about),
      severity: approval?.severity ?? null,
    });
    for (const channel of config.channels.values()) {
      const updates = ENDS.has(notice.kind) && wasAskedIn(channel, told);
      if (!routed.includes(channel.name) && !updates) continue;
      for (const recipient of channel.kind === 'email' ? channel.to : [null]) {
        const due = updates ? null : await gatheredUntil(store, config, channel, { recipient, kind: notice.kind, now });
        deliveries.push(deliveryOf(notice, channel, recipient, due, now));
      }
    }
  }
  await writeRouted(store, notice.id, deliveries, now);
}

/** Whether a message with buttons stands in the channel, from which they go when the question ends. */
function wasAskedIn({ name, kind }: Channel, told: readonly DeliveryRow[]): boolean {
  return (
    kind === 'slack' && told.some((one) => one.channel === name && ['sent', 'failed', 'waiting'].includes(one.state))
  );
}

/** When the message goes out of which this is a part; null where it goes out at once and by itself. */
async function gatheredUntil(
  store: Store,
  { remindersWithinMs }: NoticesConfig,
  { name: channel, flood }: Channel,
  { recipient, kind, now }: { recipient: string | null; kind: NoticeKind; now: number },
): Promise<number | null> {
  if (URGENT.has(kind)) return null;
  const address = { channel, recipient };
  const due = await readDue(store, address);
  if (kind === 'reminded') return due ?? now + remindersWithinMs;
  const told = await countSince(store, address, now - flood.withinMs);
  return told < flood.most ? null : (due ?? now + flood.withinMs);
}

function deliveryOf(
  { id: noticeId, action_id: actionId, approval_id: approvalId, kind }: NoticeRow,
  channel: Channel,
  recipient: string | null,
  due: number | null,
  now: number,
): NewDelivery {
  return {
    id: deliveryIdOf([noticeId, channel.name, recipient]),
    ...{ notice_id: noticeId, action_id: actionId, approval_id: approvalId, kind },
    ...{ channel: channel.name, channel_kind: channel.kind, recipient },
    state: due === null ? 'waiting' : 'gathered',
    ...{ attempts: 0, last_error: null, created_at: now, changed_at: now, due_at: due },
    ...{ digest_id: null, started: 0, receipt_json: null },
  };
}

/** The same for the same message, so that whoever makes it twice makes one. */
export function deliveryIdOf(parts: readonly (string | null)[]): string {
  return `msg_${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}
