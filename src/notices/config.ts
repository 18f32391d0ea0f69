import type { Severity } from '@gatehouse/sdk/contract';
import type { NoticeKind } from '../audit/notice-kinds.ts';

/** Everything that the file of notices says, with its secrets read. */
export interface NoticesConfig {
  file: string;
  channels: ReadonlyMap<string, Channel>;
  routes: readonly RouteConfig[];
  slack: SlackConfig | null;
  smtp: SmtpConfig | null;
  remindersWithinMs: number;
  /** How long it is kept what became of a message. */
  keepForMs: number;
  /** What is allowed but should be said loudly at start. */
  warnings: readonly string[];
}

export interface Flood {
  most: number;
  withinMs: number;
}

interface OfEveryChannel {
  name: string;
  flood: Flood;
  includeArguments: boolean;
}

export interface WebhookChannel extends OfEveryChannel {
  kind: 'webhook';
  url: string;
  /** The first is the one in use; messages are signed with all of them, so that a receiver can change over. */
  secrets: readonly string[];
}

export interface SlackChannel extends OfEveryChannel {
  kind: 'slack';
  /** Slack's id of the channel. */
  channel: string;
}

export interface EmailChannel extends OfEveryChannel {
  kind: 'email';
  to: readonly string[];
}

export type Channel = WebhookChannel | SlackChannel | EmailChannel;

export interface RouteConfig {
  kinds?: readonly NoticeKind[] | undefined;
  groups?: readonly string[] | undefined;
  severity?: readonly Severity[] | undefined;
  to: readonly string[];
}

export interface SlackConfig {
  token: string;
  signingSecrets: readonly string[];
  apiUrl: string;
  /** The principal here, by the user's id in Slack. */
  people: ReadonlyMap<string, string>;
  /** How long the sign-in of a person of the provider counts here. */
  signedInWithinMs: number;
}

export interface SmtpConfig {
  host: string;
  port: number;
  tls: 'starttls' | 'implicit';
  from: string;
  user: string | null;
  password: string | null;
}
