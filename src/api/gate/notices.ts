import type { NoticeDelivery, NoticeList } from '@gatehouse/sdk/contract';
import { may } from '../../access/permissions.ts';
import { listDeliveries, type DeliveryRow } from '../../store/deliveries.ts';
import type { Store } from '../../store/open.ts';
import type { Caller } from '../gateway.ts';
import { permit } from '../permit.ts';
import type { NoticeListOptions } from '../notices-gateway.ts';
import type { GatewayDeps } from './deps.ts';
import { fromCursor, pageOf } from './page.ts';

/** More than this about one action is a flood, of which the newest are shown. */
const MOST_OF_ACTION = 100;

/** The deliveries, the newest first. */
export async function notices(deps: GatewayDeps, caller: Caller, options: NoticeListOptions): Promise<NoticeList> {
  permit(caller, 'notice.read');
  const { action: actionId, channel, state, limit, cursor } = options;
  const rows = await listDeliveries(deps.store, {
    ...{ actionId, channel, state, limit: limit + 1 },
    after: cursor === undefined ? undefined : fromCursor(cursor),
  });
  const { page, nextCursor } = pageOf(rows, limit, ({ id, created_at: at }) => ({ id, requested_at: at }));
  return { notices: page.map(toDelivery), nextCursor };
}

/** Who was told of an action, the newest first; undefined for a caller whose business it is not. */
export async function noticesOfAction(
  store: Store,
  { role }: Caller,
  actionId: string,
): Promise<NoticeDelivery[] | undefined> {
  if (!may(role, 'notice.read')) return undefined;
  return (await listDeliveries(store, { actionId, limit: MOST_OF_ACTION })).map(toDelivery);
}

function toDelivery(row: DeliveryRow): NoticeDelivery {
  return {
    deliveryId: row.id,
    notice: row.kind,
    channel: row.channel,
    channelKind: row.channel_kind,
    recipient: row.recipient,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
    actionId: row.action_id,
    approvalId: row.approval_id,
    digestId: row.digest_id,
    createdAt: new Date(row.created_at).toISOString(),
    changedAt: new Date(row.changed_at).toISOString(),
  };
}
