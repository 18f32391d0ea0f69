import type { NoticeDelivery } from '@gatehouse/sdk/contract';

const delivery: NoticeDelivery = {
  deliveryId: 'msg_0f3c5a7e9b1d2f4a6c8e0b1d3f5a7c9e',
  notice: 'held',
  channel: 'data-team',
  channelKind: 'email',
  recipient: 'data-team@example.com',
  state: 'sent',
  attempts: 2,
  lastError: null,
  actionId: 'act_7Yk2mQ',
  approvalId: 'apr_7Yk2mQ_1',
  digestId: null,
  createdAt: '2026-02-03T10:00:00.400Z',
  changedAt: '2026-02-03T10:00:02.100Z',
};

/** Examples of who was told of what, by component. */
export const NOTICE_EXAMPLES = { NoticeDelivery: delivery, NoticeList: { notices: [delivery], nextCursor: null } };
