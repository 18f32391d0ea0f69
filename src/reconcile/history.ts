import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type proto from '@temporalio/proto';
import type { ActionRequest, Standing } from '../workflows/messages.ts';

/** A history as Temporal sends it, or as it lies in an archive. */
export type History = proto.temporal.api.history.v1.IHistory;
type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;
type Payload = proto.temporal.api.common.v1.IPayload;

/** Where in a history something stands. Times are milliseconds since the epoch, by Temporal's clock. */
export interface Place {
  eventId: number;
  at: number;
}

/** A step that the workflow ran as a local activity, with what came back. */
export interface StepTaken extends Place {
  name: string;
  result: unknown;
}

/** A message that came for the workflow, and what its sender was answered; undefined as long as there is no answer. */
export interface MessageGot extends Place {
  via: 'update' | 'signal';
  name: string;
  /** Of the update; empty for a signal. */
  id: string;
  input: unknown;
  answer: unknown;
}

/** An executor that was asked to run something. */
export interface ExecutionAsked extends Place {
  activity: string;
  input: unknown;
}

/** How a workflow ended: by itself with where the action stood, or by somebody from outside. */
export type WorkflowEnd = Place &
  ({ how: 'completed'; standing: Standing | null } | { how: 'broken_off'; word: string; reason: string; by: string });

/** What the history of one action's workflow holds, decoded. */
export interface HistoryFacts {
  request: ActionRequest;
  runId: string;
  started: Place & { by: string };
  steps: StepTaken[];
  messages: MessageGot[];
  executions: ExecutionAsked[];
  end: WorkflowEnd | null;
  events: number;
}

const CALL_MS = 60_000;

/** Reads the whole history of an action's workflow. Throws `WorkflowNotFoundError` where Temporal does not have it. */
export async function fetchHistory(client: Client, actionId: string, runId?: string): Promise<History> {
  return client.withDeadline(Date.now() + CALL_MS, () => client.workflow.getHandle(actionId, runId).fetchHistory());
}

/** Decodes a history. Throws for one that is not of a guarded action. */
export function readHistory(history: History): HistoryFacts {
  const events = history.events ?? [];
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const request = decoded(started?.input?.payloads?.[0]) as ActionRequest | undefined;
  if (started == null || typeof request !== 'object') throw new Error('The history is not that of a guarded action');
  const facts: HistoryFacts = {
    request,
    runId: started.originalExecutionRunId ?? '',
    started: { ...placeOf(events[0]), by: started.identity ?? '' },
    steps: [],
    messages: [],
    executions: [],
    end: null,
    events: events.length,
  };
  const accepted = new Map<number, MessageGot>();
  for (const event of events) read(event, facts, accepted);
  return facts;
}

function read(event: HistoryEvent, facts: HistoryFacts, accepted: Map<number, MessageGot>): void {
  const place = placeOf(event);
  const {
    markerRecordedEventAttributes: marker,
    workflowExecutionSignaledEventAttributes: signal,
    workflowExecutionUpdateAcceptedEventAttributes: update,
    workflowExecutionUpdateCompletedEventAttributes: answered,
    activityTaskScheduledEventAttributes: activity,
  } = event;
  if (marker?.markerName === 'core_local_activity') {
    const data = decoded(marker.details?.['data']?.payloads?.[0]) as { activity_type?: string } | undefined;
    facts.steps.push({
      ...place,
      name: data?.activity_type ?? '',
      result: decoded(marker.details?.['result']?.payloads?.[0]),
    });
  } else if (signal != null) {
    const input = decoded(signal.input?.payloads?.[0]);
    facts.messages.push({ ...place, via: 'signal', name: signal.signalName ?? '', id: '', input, answer: undefined });
  } else if (update != null) {
    const { meta, input } = update.acceptedRequest ?? {};
    const got: MessageGot = {
      ...place,
      via: 'update',
      name: input?.name ?? '',
      id: meta?.updateId ?? '',
      input: decoded(input?.args?.payloads?.[0]),
      answer: undefined,
    };
    facts.messages.push(got);
    accepted.set(place.eventId, got);
  } else if (answered != null) {
    const got = accepted.get(Number(answered.acceptedEventId ?? 0));
    if (got !== undefined) got.answer = decoded(answered.outcome?.success?.payloads?.[0]);
  } else if (activity != null) {
    const input = decoded(activity.input?.payloads?.[0]);
    facts.executions.push({ ...place, activity: activity.activityType?.name ?? '', input });
  } else {
    facts.end = endOf(event) ?? facts.end;
  }
}

function endOf(event: HistoryEvent): WorkflowEnd | null {
  const place = placeOf(event);
  const brokenOff = (word: string, reason: string | null | undefined, by: string | null | undefined): WorkflowEnd => ({
    ...place,
    how: 'broken_off',
    word,
    reason: reason ?? '',
    by: by ?? '',
  });
  const { workflowExecutionCompletedEventAttributes: completed } = event;
  if (completed != null) {
    const standing = decoded(completed.result?.payloads?.[0]) as Standing | undefined;
    return { ...place, how: 'completed', standing: standing ?? null };
  }
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  if (terminated != null) return brokenOff('terminated', terminated.reason, terminated.identity);
  const failed = event.workflowExecutionFailedEventAttributes;
  if (failed != null) return brokenOff('failed', failed.failure?.message, null);
  if (event.workflowExecutionTimedOutEventAttributes != null) return brokenOff('timed out', null, null);
  return event.workflowExecutionCanceledEventAttributes == null ? null : brokenOff('cancelled', null, null);
}

function placeOf(event: HistoryEvent | undefined): Place {
  const { seconds, nanos } = event?.eventTime ?? {};
  // Whole numbers come in several forms, from the wire and from an archive.
  return { eventId: Number(event?.eventId ?? 0), at: Number(seconds ?? 0) * 1000 + Math.floor((nanos ?? 0) / 1e6) };
}

function decoded(payload: Payload | null | undefined): unknown {
  return payload == null ? undefined : defaultPayloadConverter.fromPayload<unknown>(payload);
}
