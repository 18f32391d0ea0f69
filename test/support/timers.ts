import proto from '@temporalio/proto';
import type { Stack } from './stack.ts';

const { EVENT_TYPE_TIMER_FIRED } = proto.temporal.api.enums.v1.EventType;

/** Follows the history of an action until the server has let the timer of its question fire. */
export async function timerFired(stack: Stack, actionId: string): Promise<void> {
  for (let token: Uint8Array | undefined; ;) {
    const page = await stack.client.workflowService.getWorkflowExecutionHistory({
      namespace: stack.link.namespace,
      execution: { workflowId: actionId },
      waitNewEvent: true,
      ...(token === undefined ? {} : { nextPageToken: token }),
    });
    if (page.history?.events?.some((event) => event.eventType === EVENT_TYPE_TIMER_FIRED) === true) return;
    token = page.nextPageToken;
  }
}
