import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { z } from 'zod';
import type { Executor, ExecutorOptions, RunContext } from '../definition.ts';
import { defineExecutor } from '../definition.ts';
import { ExecutorDefinitionError, PermanentError, TransientError } from '../errors.ts';
import { readAnswer } from './answer.ts';
import { checkAddress, isHostPattern } from './hosts.ts';

/** A request to send. A body that is not a string is sent as JSON. */
export interface HttpRequest {
  method: string;
  url: string | URL;
  headers?: Record<string, string>;
  body?: Json;
}

/** What `httpExecutor` takes beside what every executor has. */
export interface HttpExecutorOptions<Schema extends z.ZodType, Secrets> extends Omit<ExecutorOptions<Schema>, 'run'> {
  /** The request for an input. Secrets come in beside it, so that they never stand in an action. */
  request: (input: z.output<Schema>, secrets: Secrets) => HttpRequest | Promise<HttpRequest>;
  /** Reads the secrets, on the worker, at each run. */
  secrets?: () => Secrets | Promise<Secrets>;
  /** The only hosts that are ever called: `api.example.com`, `api.example.com:8443`, `*.example.com`. */
  allowedHosts: readonly string[];
  /** Lets requests leave unencrypted for hosts other than this machine. Default: false. */
  allowPlainHttp?: boolean;
  /** How much of an answer is kept, in bytes. Default: 64 KB. */
  maximumBodyBytes?: number;
}

const MAXIMUM_HOPS = 3;

/**
 * An executor that calls an HTTP API. It sends the idempotency key as the header `Idempotency-Key`; the target has to
 * honour it for a retry to have one effect. 2xx is the result, 4xx but 408 and 429 is final, everything else is retried.
 */
export function httpExecutor<Schema extends z.ZodType, Secrets = undefined>(
  options: HttpExecutorOptions<Schema, Secrets>,
): Executor {
  const { request, secrets, allowedHosts, allowPlainHttp = false, maximumBodyBytes = 64 * 1024, ...rest } = options;
  const wrong = allowedHosts.filter((host) => !isHostPattern(host));
  if (allowedHosts.length === 0 || wrong.length > 0) {
    throw new ExecutorDefinitionError([
      `executor "${options.name}": allowedHosts: must list at least one host such as "api.example.com"` +
        (wrong.length > 0 ? `; not a host: ${wrong.join(', ')}` : ''),
    ]);
  }
  return defineExecutor<Schema>({
    ...rest,
    run: async (input, context) => {
      const made = await request(input, (await secrets?.()) as Secrets);
      const check = (url: URL): void => checkAddress(url, allowedHosts, allowPlainHttp);
      return send(made, context, check, maximumBodyBytes);
    },
  });
}

async function send(
  made: HttpRequest,
  context: RunContext,
  check: (url: URL) => void,
  bytes: number,
): Promise<JsonObject> {
  let { method, body } = made;
  let url = parseUrl(made.url);
  check(url);
  for (let hop = 0; ; hop++) {
    const where = `${method.toUpperCase()} ${url.origin}${url.pathname}`;
    const response = await once(url, method, headersOf(made.headers, body, context), body, context, where);
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null) return finish(response, bytes, where);
    await response.body?.cancel();
    const next = parseUrl(new URL(location, url));
    // A redirect elsewhere would take the credentials along, to where nobody approved them to go.
    if (next.origin !== url.origin)
      throw new PermanentError(`${where} redirects to ${next.origin}, which is not followed`);
    if (hop === MAXIMUM_HOPS) throw new PermanentError(`${where} redirects more than ${MAXIMUM_HOPS} times`);
    const reads = /^(get|head)$/i.test(method);
    if (response.status === 303) [method, body] = [reads ? method : 'GET', undefined];
    else if (!reads && response.status !== 307 && response.status !== 308) {
      throw new PermanentError(
        `${where} answered ${response.status}, which does not say whether to send it again: use the final address`,
      );
    }
    check(next);
    url = next;
  }
}

async function once(
  url: URL,
  method: string,
  headers: Headers,
  body: Json | undefined,
  context: RunContext,
  where: string,
): Promise<Response> {
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const { signal } = context;
  try {
    return await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal,
      ...(payload !== undefined && { body: payload }),
    });
  } catch (error) {
    throw noAnswer(error, where);
  }
}

async function finish(response: Response, bytes: number, where: string): Promise<JsonObject> {
  try {
    return await readAnswer(response, bytes, where);
  } catch (error) {
    if (error instanceof PermanentError || error instanceof TransientError) throw error;
    throw noAnswer(error, where);
  }
}

function noAnswer(error: unknown, where: string): TransientError {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return new TransientError(`${where} gave no whole answer: ${cause?.code ?? cause?.message ?? message}`, {
    cause: error,
  });
}

function parseUrl(url: string | URL): URL {
  if (!URL.canParse(String(url))) throw new PermanentError('The request has no valid absolute address');
  return new URL(url);
}

function headersOf(
  given: Record<string, string> | undefined,
  body: Json | undefined,
  { idempotencyKey, traceparent }: RunContext,
): Headers {
  const headers = new Headers(given);
  if (body !== undefined && !headers.has('content-type')) {
    headers.set('content-type', typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json');
  }
  headers.set('idempotency-key', idempotencyKey);
  if (traceparent !== undefined && !headers.has('traceparent')) headers.set('traceparent', traceparent);
  return headers;
}
