import type { Expected, RawAnswer } from './answer.ts';
import { readAnswer } from './answer.ts';
import { deadline, reasonOf } from './clock.ts';
import { GateUnavailableError } from './errors/unavailable.ts';
import { withRetries } from './retry.ts';
import type { Settings } from './settings.ts';

export interface GateCall<T> extends Expected<T> {
  method: 'GET' | 'POST';
  /** Below the gate's url, e.g. `/api/v1/guard`. */
  path: string;
  body?: unknown;
  /** The key that a retry must use; part of every error. Sent as a header where `sendKey` is set. */
  idempotencyKey?: string | undefined;
  sendKey?: boolean;
  /** How long the gate may hold this request open, in seconds. */
  waitSeconds?: number;
  /** How long to sit out a gate that does not answer, in milliseconds. */
  outageMs?: number;
  signal?: AbortSignal | undefined;
  /** Whether the signal may cut a request in flight. Not where the request can claim a permit. */
  interruptible?: boolean;
}

/** Sends requests to the gate. One method, no knowledge of what they mean. */
export class Transport {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Resolves with a well-formed answer. Throws `GateUnavailableError`, `GateRequestError`, or the signal's reason. */
  request<T>(call: GateCall<T>): Promise<T> {
    const { outageMs = 0, signal } = call;
    return withRetries(() => this.#attempt(call), this.#settings.retry, { outageMs, signal });
  }

  async #attempt<T>(call: GateCall<T>): Promise<T> {
    if (call.signal?.aborted) throw reasonOf(call.signal);
    const timeoutMs = this.#settings.timeoutMs + (call.waitSeconds ?? 0) * 1000;
    const limit = deadline(timeoutMs, call.interruptible === true ? call.signal : undefined);
    try {
      return readAnswer(await this.#send(call, limit.signal), call, call.idempotencyKey);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (call.interruptible === true && call.signal?.aborted) throw reasonOf(call.signal);
      const reason = limit.timedOut() ? 'timeout' : 'unreachable';
      const says = limit.timedOut() ? `no answer within ${timeoutMs} ms` : `${this.#settings.url} could not be reached`;
      const key = call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey };
      throw new GateUnavailableError(says, { reason, cause: error.cause, ...key });
    } finally {
      limit.release();
    }
  }

  async #send<T>(call: GateCall<T>, signal: AbortSignal): Promise<RawAnswer> {
    const headers: Record<string, string> = {
      accept: 'application/json, application/problem+json',
      authorization: `Bearer ${this.#settings.apiKey}`,
    };
    if (call.body !== undefined) headers['content-type'] = 'application/json';
    if (call.sendKey === true && call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
    const trace = this.#settings.traceparent();
    if (trace !== undefined) headers['traceparent'] = trace;
    const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) };
    try {
      // A redirect is not followed: it would turn a POST into a GET, and carry the key elsewhere.
      const response = await this.#settings.fetch(`${this.#settings.url}${call.path}`, {
        method: call.method,
        headers,
        redirect: 'manual',
        signal,
        ...body,
      });
      return {
        status: response.status,
        contentType: response.headers.get('content-type'),
        retryAfter: response.headers.get('retry-after'),
        text: await response.text(),
      };
    } catch (error) {
      throw new NoAnswer('No answer', { cause: error });
    }
  }
}

/** The platform's `fetch` failed; why is its cause. */
class NoAnswer extends Error {}
