import type { NoticeDelivery } from '@gatehouse/sdk/contract';
import type { Stack } from '../../support/stack.ts';

/** The deliveries about an action as soon as they are as wanted. Every look waits at the gate, for a second at most. */
export async function noticesUntil(
  stack: Stack,
  actionId: string,
  wanted: (notices: readonly NoticeDelivery[]) => boolean,
): Promise<NoticeDelivery[]> {
  for (;;) {
    const { body } = await stack.call('reviewer', 'GET', `/api/v1/actions/${actionId}?wait=1`);
    const notices = body['notices'] as NoticeDelivery[];
    if (wanted(notices)) return notices;
  }
}
