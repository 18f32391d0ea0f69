import type { NoticeKind } from '../audit/notice-kinds.ts';

/** Times are milliseconds since the epoch; `*_json` columns are JSON text; flags are 0 or 1. */
export interface NoticesTable {
  /** Made from the record that it belongs to and its key there. */
  id: string;
  action_id: string;
  approval_id: string | null;
  kind: NoticeKind;
  actor: string;
  at: number;
  data_json: string;
  /** When it was turned into deliveries; null until then. */
  routed_at: number | null;
}

export type ChannelKind = 'webhook' | 'slack' | 'email';

/**
 * `gathered`: waits for the message that it becomes a part of. `waiting`: on its way for the first time. `failed`: the last
 * attempt failed, another comes. `merged`: told as a part of another message. `dropped`: there was nothing to tell any more.
 */
export type DeliveryState = 'gathered' | 'waiting' | 'failed' | 'sent' | 'given_up' | 'merged' | 'dropped';

/** One notice to one address of one channel, or several of them in one message. */
export interface NoticeDeliveriesTable {
  id: string;
  /** Null for a message that gathers several; those name it as their `digest_id`. */
  notice_id: string | null;
  action_id: string | null;
  approval_id: string | null;
  kind: NoticeKind | 'digest';
  channel: string;
  channel_kind: ChannelKind;
  /** A mail address; null where the channel has one address alone, which may hold a secret and stays in its file. */
  recipient: string | null;
  state: DeliveryState;
  attempts: number;
  last_error: string | null;
  created_at: number;
  changed_at: number;
  /** When what is gathered goes out. */
  due_at: number | null;
  digest_id: string | null;
  /** 1 once its workflow runs. */
  started: number;
  /** What the other side calls it, e.g. Slack's place of the message. */
  receipt_json: string | null;
}

/** The channels of the workers' file: where there is none, nothing is kept for anybody. */
export interface NoticeChannelsTable {
  name: string;
  kind: ChannelKind;
}

/** Signatures of requests that came in lately, so that each counts once. */
export interface SeenSignaturesTable {
  id: string;
  at: number;
}
