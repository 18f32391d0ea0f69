import { deliveryStateSchema } from '@gatehouse/sdk/contract';
import { aboutActionSchema, channelSchema } from '../notices.ts';
import { page } from './common-parameters.ts';
import type { Operation } from './operation.ts';

/** Who was told of what. */
export const NOTICE_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/notices',
    id: 'listNotices',
    summary: 'Who was told of what, and how far each message has come, newest first. For people alone',
    tag: 'notices',
    parameters: [
      { name: 'action', in: 'query', schema: aboutActionSchema },
      { name: 'channel', in: 'query', schema: channelSchema },
      { name: 'state', in: 'query', schema: deliveryStateSchema },
      ...page.filter(({ name }) => name !== 'agent'),
    ],
    answer: 'NoticeList',
    problems: ['invalid_request', 'forbidden'],
  },
];
