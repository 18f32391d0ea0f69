import type { AgentQuestion, GuardAnswer, Tool } from './contract/index.ts';
import type { GatehouseWarning } from './warnings.ts';

/** How requests to the gate are repeated. All repeats of one call are the same action and the same claim. */
export interface RetryOptions {
  /** How often one request is tried in all; 1 never repeats. Default 5. */
  attempts?: number;
  /** The first pause in milliseconds, doubled each time. Default 200. */
  baseMs?: number;
  /** The longest pause in milliseconds. Default 5000. */
  maxMs?: number;
  /** The longest `Retry-After` that is honoured, in milliseconds. Default 30000. */
  maxRetryAfterMs?: number;
  /** How long a call that is already waiting sits out a gate that does not answer, in milliseconds. Default 600000. */
  outageMs?: number;
}

export interface GatehouseOptions {
  /** Where the gate listens, e.g. `http://127.0.0.1:4280`. A path prefix is kept. */
  url: string;
  /** A key with the role `agent`. */
  apiKey: string;
  /** Your own `fetch`, e.g. with a proxy. Default: the platform's. */
  fetch?: typeof globalThis.fetch;
  /** How long one request may take, in milliseconds. Default 10000. */
  timeoutMs?: number;
  retry?: RetryOptions;
  /** The W3C `traceparent` of what runs now: the gate's part of the action joins that trace. Asked for each request. */
  traceparent?: () => string | undefined;
  /** Hears of what went wrong beside the result, such as an outcome that could not be reported. Default: `console.warn`. */
  onWarning?: (warning: GatehouseWarning) => void;
}

export interface DecideOptions {
  /** Names the action: a call with the same key is the same action, in this process and after a restart. Default: one per call. */
  idempotencyKey?: string;
  /** Stops the call; it rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Why the agent wants this, for the reviewer. */
  purpose?: string;
  /** Yours, for correlation; echoed by the gate, never interpreted. */
  requestId?: string;
  /** The conversation or run that the action belongs to: rules may look at its earlier actions. */
  session?: string;
  /** Labels that rules may match. */
  tags?: string[];
  /** The tool that is called, as its server describes it: the gate judges by what it says of itself. */
  tool?: Tool;
}

export interface RunOptions extends DecideOptions {
  /** Tries to cancel the action when `signal` fires while it waits, and then rejects. Default false: people can still approve it. */
  cancelOnAbort?: boolean;
  /** How long to wait for people or an outcome: false, or milliseconds. Default: for as long as it takes. */
  wait?: false | number;
  /** Called once when the action is held for people, before the waiting begins. What it throws ends the call. */
  onPending?: (answer: GuardAnswer) => void | Promise<void>;
  /**
   * Called once for each question that a reviewer asks while the action is held. What it returns is the answer that the
   * reviewer reads; undefined leaves the question open. What it throws ends the call.
   */
  onQuestion?: (question: AgentQuestion) => string | undefined | Promise<string | undefined>;
  /** How long a claimed permit may take to report its outcome, in seconds. Default: the gate's. */
  leaseSeconds?: number;
}

export interface GuardOptions extends RunOptions {
  /** Puts what `fn` returned on record, where it is JSON. Default false. */
  recordResult?: boolean;
}

/** What `fn` learns about its run beside the approved arguments. */
export interface RunInfo {
  actionId: string;
  /** The signal of the call's options, or one that never fires. */
  signal: AbortSignal;
}
