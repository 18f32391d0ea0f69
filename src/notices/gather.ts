import type { DeliveryRow, NewDelivery } from '../store/deliveries.ts';
import { readApprovalAlone } from '../store/lists.ts';
import { readDueAddresses, readGathered, sendGathered, type Address } from '../store/notice-digests.ts';
import type { Store } from '../store/open.ts';
import type { NoticesConfig } from './config.ts';
import { deliveryIdOf } from './expand.ts';

/** Sends out what was gathered and is due, one message for each address. */
export async function sendDue(store: Store, config: NoticesConfig, now: number): Promise<void> {
  for (const address of await readDueAddresses(store, now)) {
    const dropped = await answeredMeanwhile(store, address);
    const digest = (members: readonly DeliveryRow[]) => digestOf(config, address, members, now);
    await sendGathered(store, address, { dropped, digest, now });
  }
}

/** Reminders of what is answered: nobody has to hear of them. */
async function answeredMeanwhile(store: Store, address: Address): Promise<string[]> {
  const dropped: string[] = [];
  for (const { id, kind, approval_id: approvalId } of await readGathered(store, address)) {
    if (kind !== 'reminded' || approvalId === null) continue;
    const approval = await readApprovalAlone(store, approvalId);
    if (approval?.status !== 'pending') dropped.push(id);
  }
  return dropped;
}

function digestOf(
  { channels }: NoticesConfig,
  { channel, recipient }: Address,
  members: readonly DeliveryRow[],
  now: number,
): NewDelivery {
  return {
    id: deliveryIdOf(['digest', channel, recipient, ...members.map(({ id }) => id)]),
    ...{ notice_id: null, action_id: null, approval_id: null, kind: 'digest', channel, recipient },
    channel_kind: channels.get(channel)?.kind ?? members[0]?.channel_kind ?? 'webhook',
    ...{ state: 'waiting', attempts: 0, last_error: null, created_at: now, changed_at: now, due_at: null },
    ...{ digest_id: null, started: 0, receipt_json: null },
  };
}
