import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Standing } from '../../src/workflows/messages.ts';

/** What the first step of a workflow, the decision, brought, as its history has it. */
export async function decisionInHistory(handle: WorkflowHandle): Promise<Standing | undefined> {
  const { events } = await handle.fetchHistory();
  const marker = events
    ?.map((event) => event.markerRecordedEventAttributes)
    .find((attributes) => attributes?.markerName === 'core_local_activity');
  const payload = marker?.details?.['result']?.payloads?.[0];
  return payload == null ? undefined : defaultPayloadConverter.fromPayload<Standing>(payload);
}

/** Returns once the workflow has a task that failed. */
export async function untilTaskFailed(handle: WorkflowHandle): Promise<void> {
  for (;;) {
    const { events } = await handle.fetchHistory();
    if (events?.some(({ workflowTaskFailedEventAttributes: failed }) => failed != null) === true) return;
  }
}
