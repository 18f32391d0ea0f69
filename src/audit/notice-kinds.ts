import type { JsonObject } from '@gatehouse/sdk/contract';
import type { NewEvent } from './events.ts';

/** What people can be told of, in the order in which a life may bring it. */
export const NOTICE_KINDS = [
  'held', // a question waits for people: a new one, or the next part of one
  'reminded',
  'escalated',
  'answered', // the agent has answered a reviewer's question
  'approved',
  'overridden', // break-glass: a second look is due
  'rejected',
  'expired',
  'cancelled',
  'stop_thrown',
  'stop_lifted',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The kinds that end a question. */
export const ENDS: ReadonlySet<string> = new Set<NoticeKind>([
  'approved',
  'overridden',
  'rejected',
  'expired',
  'cancelled',
]);

/** Something that people are to hear of, as the record has it. */
export interface NewNotice {
  kind: NoticeKind;
  /** The question that it is about; null for what happens outside of one. */
  approvalId: string | null;
  actor: string;
  /** Milliseconds since the epoch. */
  at: number;
  data: JsonObject;
  /** Names it within the record that it belongs to, so that it is told once. */
  key: string;
}

const AS_THEY_ARE: ReadonlySet<string> = new Set<NoticeKind>([
  'held',
  'reminded',
  'escalated',
  'answered',
  'overridden',
  'rejected',
  'expired',
  'cancelled',
]);
const STOPS: ReadonlySet<string> = new Set<NoticeKind>(['stop_thrown', 'stop_lifted']);

const PROOF: ReadonlySet<string> = new Set(['judgementDigest', 'evidenceDigest', 'runId', 'kept']);

/** What an entry holds for those who verify it tells nobody else anything. */
function withoutProof(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !PROOF.has(name)));
}

/** What of these entries people are to hear of: nothing of an action that was allowed or blocked at once. */
export function noticesOf(events: readonly NewEvent[]): NewNotice[] {
  return events.flatMap((event) => noticeOf(event, events) ?? []);
}

function noticeOf(event: NewEvent, beside: readonly NewEvent[]): NewNotice | null {
  const { kind, actor, at, key } = event;
  const data = withoutProof(event.data);
  const notice = { actor, at, data, key };
  if (STOPS.has(kind)) return { ...notice, kind: kind as NoticeKind, approvalId: null };
  const approvalId = data['approvalId'];
  // What ends outside of a question, e.g. a permit that its agent gives back, nobody waits for.
  if (typeof approvalId !== 'string') return null;
  if (AS_THEY_ARE.has(kind)) return { ...notice, kind: kind as NoticeKind, approvalId };
  if (kind === 'stopped') return { ...notice, kind: 'cancelled', approvalId };
  if (kind !== 'verdict') return null;
  if (data['verdict'] === 'approved') {
    return beside.some((one) => one.kind === 'overridden') ? null : { ...notice, kind: 'approved', approvalId };
  }
  // One approval of several: it can have opened the next part of the question, whose people have not heard of it.
  if (data['verdict'] !== 'approve' || typeof data['part'] !== 'string') return null;
  return { ...notice, kind: 'held', approvalId, key: `part:${approvalId}:${data['part']}` };
}
