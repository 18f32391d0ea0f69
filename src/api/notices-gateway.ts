import type { DeliveryState, NoticeList } from '@gatehouse/sdk/contract';
import type { Caller } from './gateway.ts';

export interface NoticeListOptions {
  /** Only those about this action. */
  action?: string | undefined;
  channel?: string | undefined;
  state?: DeliveryState | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Who was told of what, as the routes call for it. For people alone. */
export interface NoticesGateway {
  list(caller: Caller, options: NoticeListOptions): Promise<NoticeList>;
}
