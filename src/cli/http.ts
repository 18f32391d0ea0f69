import { problemSchema } from '@gatehouse/sdk/contract';
import type { z } from 'zod';
import { CliError, problemError } from './cli-error.ts';
import type { Connection } from './connection.ts';
import { EXIT } from './exit-codes.ts';

/** What the API answered: the very text, and what it says. */
export interface Answered<T> {
  text: string;
  value: T;
}

export interface Request {
  query?: Readonly<Record<string, string | undefined>>;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** How long the gate may hold this request open, in seconds. */
  waitSeconds?: number;
  /** How much longer than usual the answer may take to work out, in seconds. */
  patienceSeconds?: number;
}

const TIMEOUT_MS = 15_000;

/** Talks to the API of a running gate. Throws `CliError` for every answer that is not the one asked for. */
export class GateHttp {
  constructor(private readonly connection: Connection) {}

  get url(): string {
    return this.connection.url;
  }

  /** Reads a resource. `path` begins with a slash and is encoded already. */
  get<T>(path: string, schema: z.ZodType<T>, request: Request = {}): Promise<Answered<T>> {
    return this.#send('GET', path, schema, request);
  }

  post<T>(path: string, schema: z.ZodType<T>, body: unknown, request: Request = {}): Promise<Answered<T>> {
    return this.#send('POST', path, schema, { ...request, body });
  }

  async #send<T>(method: string, path: string, schema: z.ZodType<T>, request: Request): Promise<Answered<T>> {
    const url = new URL(`${this.connection.url}/api/v1${path}`);
    const { query = {}, body, headers = {}, waitSeconds = 0, patienceSeconds = 0 } = request;
    if (waitSeconds > 0) url.searchParams.set('wait', String(waitSeconds));
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const { status, text } = await this.#fetch(url, TIMEOUT_MS + (waitSeconds + patienceSeconds) * 1000, {
      method,
      // A redirect is not followed: it would carry the key elsewhere.
      redirect: 'manual',
      headers: {
        accept: 'application/json, application/problem+json',
        authorization: `Bearer ${this.connection.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return read(status, text, schema, this.connection.url);
  }

  async #fetch(url: URL, timeoutMs: number, init: RequestInit): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw unreachable(this.connection.url, error);
    }
  }
}

/** The error of a gate that does not answer, with how to start one. */
export function unreachable(url: string, cause: unknown): CliError {
  const detail =
    `No gate answers at ${url} (${reasonOf(cause)}). Start one with \`npm start\` or \`gatehouse up\`, ` +
    'or say where it is with --url or GATEHOUSE_URL. This is no refusal: nothing was decided.';
  return new CliError('unreachable', detail, EXIT.unavailable, null, [], { cause });
}

function read<T>(status: number, text: string, schema: z.ZodType<T>, url: string): Answered<T> {
  const json = parse(text);
  if (status !== 200) {
    const problem = problemSchema.safeParse(json);
    if (problem.success && problem.data.status === status) throw problemError(problem.data, text);
  } else {
    const value = schema.safeParse(json);
    if (value.success) return { text, value: value.data };
  }
  const detail = `What answers at ${url} (HTTP ${status}) is no gate of this version: check the address. Nothing was allowed.`;
  throw new CliError('malformed_answer', detail, EXIT.unavailable);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
  return error.message;
}
