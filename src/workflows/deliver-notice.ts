import { ActivityFailure, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { NoticeActivities } from '../activities/deliver-notice.ts';

/** Tried for a day: whoever has not been reached by then looks into the inbox. */
const { sendNotice } = proxyActivities<NoticeActivities>({
  startToCloseTimeout: '1 minute',
  // A worker that dies in the middle is missed soon.
  heartbeatTimeout: '10 seconds',
  scheduleToCloseTimeout: '24 hours',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

const { giveUpNotice } = proxyActivities<NoticeActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * One message to one address, until it has arrived or there is no use in going on. The workflow of the action knows nothing of
 * it: whatever happens here, its timers ring when they should.
 */
export async function deliverNotice({ deliveryId }: { deliveryId: string }): Promise<'sent' | 'given up'> {
  try {
    await sendNotice({ deliveryId });
    return 'sent';
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await giveUpNotice({ deliveryId });
    setCurrentDetails('Given up; the delivery on record tells why.');
    return 'given up';
  }
}
