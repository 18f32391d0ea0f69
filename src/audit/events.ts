import type { JsonObject } from '@gatehouse/sdk/contract';

/** Every kind of entry that the record can hold, in the order in which a life may bring them. */
export const EVENT_KINDS = [
  'requested',
  'decided',
  'held',
  'verdict',
  'answered',
  'reminded',
  'escalated',
  'overridden',
  'rechecked',
  'scheduled',
  'claimed',
  'succeeded',
  'failed',
  'unknown',
  'blocked',
  'rejected',
  'expired',
  'cancelled',
  'lapsed',
  'refused_attempt',
  'late_report',
  'policy_activated',
  'granted',
  'grant_used',
  'grant_revoked',
  'second_look',
  'notified',
  'stopped',
  'stop_thrown',
  'stop_lifted',
  'key_made',
  'key_rotated',
  'key_revoked',
  'principal_changed',
  'exported',
  'archived',
  'redacted',
  'repaired',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One entry of the record, before the store gives it its place. */
export interface NewEvent {
  kind: EventKind;
  /** Who did it: `agent:…`, `reviewer:…`, `gateway`, `workflow`, `executor:…`. */
  actor: string;
  /** Milliseconds since the epoch, by the clock of the process that wrote it. */
  at: number;
  data: JsonObject;
  /** Names the entry within its action, so that a step that runs twice is written once. */
  key: string;
}
