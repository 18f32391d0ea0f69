import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import type { NewEvent } from '../audit/events.ts';
import { send, type Sending } from '../notices/send.ts';
import { SendError } from '../notices/send-error.ts';
import { readSubject, type Subject } from '../notices/subject.ts';
import { readDelivery, writeAttempt, type DeliveryRow } from '../store/deliveries.ts';
import { readMembers } from '../store/notice-digests.ts';

export interface NoticeActivityDeps extends Sending {
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** The steps of a delivery, as activities: what they do takes its time, and fails. */
export interface NoticeActivities {
  sendNotice(input: { deliveryId: string }): Promise<void>;
  giveUpNotice(input: { deliveryId: string }): Promise<void>;
}

/** So often a worker says that it is still at it. */
const HEARTBEAT_MS = 2_000;

const OVER: ReadonlySet<DeliveryRow['state']> = new Set(['sent', 'given_up', 'dropped', 'merged']);

/** Binds the steps to the store and the channels of this worker. */
export function createNoticeActivities(deps: NoticeActivityDeps): NoticeActivities {
  return {
    sendNotice: async ({ deliveryId }) => {
      const delivery = await readDelivery(deps.store, deliveryId);
      if (delivery === undefined || OVER.has(delivery.state)) return;
      const beat = setInterval(() => {
        heartbeat();
      }, HEARTBEAT_MS);
      try {
        await attempt(deps, delivery);
      } finally {
        clearInterval(beat);
      }
    },
    giveUpNotice: async ({ deliveryId: id }) => {
      const delivery = await readDelivery(deps.store, id);
      if (delivery === undefined || OVER.has(delivery.state)) return;
      const error = delivery.last_error ?? 'It could not be sent within a day';
      const at = deps.now();
      const events = await notified(deps, delivery, { state: 'given_up', error, at });
      await writeAttempt(deps.store, { id, state: 'given_up', attempted: false, error, at, events });
    },
  };
}

/** Sends it, and puts on record how that went. A process that is killed between the two sends the same message again. */
async function attempt(deps: NoticeActivityDeps, delivery: DeliveryRow): Promise<void> {
  const { id } = delivery;
  const { store, now } = deps;
  const subjects = await subjectsOf(deps, delivery);
  if (subjects.length === 0) {
    const error = 'What it tells of is not on record any more';
    await writeAttempt(store, { id, state: 'dropped', attempted: false, error, at: now(), events: [] });
    return;
  }
  try {
    const { receipt, dropped } = await send(deps, delivery, subjects);
    const state = dropped === undefined ? 'sent' : 'dropped';
    const at = now();
    const events = dropped === undefined ? await notified(deps, delivery, { state: 'sent', error: null, at }) : [];
    const became = { state, attempted: dropped === undefined, error: dropped ?? null } as const;
    await writeAttempt(store, { id, ...became, receipt, at, events });
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    await writeAttempt(store, { id, state: 'failed', attempted: true, error: error.message, at: now(), events: [] });
    throw ApplicationFailure.create({
      type: 'not_delivered',
      message: error.message,
      nonRetryable: error.isFinal,
      ...(error.retryAfterMs === null ? {} : { nextRetryDelay: error.retryAfterMs }),
      cause: error,
    });
  }
}

/** What a message tells of: one notice, or those that were gathered into it. */
async function subjectsOf({ store }: NoticeActivityDeps, delivery: DeliveryRow): Promise<Subject[]> {
  const told = delivery.kind === 'digest' ? await readMembers(store, delivery.id) : [delivery];
  const subjects = await Promise.all(told.map((one) => readSubject(store, one)));
  return subjects.filter((subject) => subject !== null);
}

/** What goes on the record of each action that a message is about, when it is over. */
async function notified(
  { store }: NoticeActivityDeps,
  delivery: DeliveryRow,
  { state, error, at }: { state: 'sent' | 'given_up'; error: string | null; at: number },
): Promise<{ actionId: string; event: NewEvent }[]> {
  const told = delivery.kind === 'digest' ? await readMembers(store, delivery.id) : [delivery];
  return told.flatMap(({ id, action_id: actionId, approval_id: approvalId, kind, channel, recipient }) => {
    if (actionId === null) return [];
    const data = { deliveryId: id, notice: kind, channel, recipient, approvalId, state, error };
    return [{ actionId, event: { kind: 'notified', key: `notified:${id}`, actor: 'workflow', at, data } }];
  });
}
