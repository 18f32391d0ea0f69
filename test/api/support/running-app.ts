import pino from 'pino';
import type { Admission } from '../../../src/api/admission.ts';
import { createAdmission } from '../../../src/api/admission.ts';
import { createApp, type AppOptions } from '../../../src/api/app.ts';
import type { Caller, Gateway } from '../../../src/api/gateway.ts';
import type { RunningServer } from '../../../src/api/serve.ts';
import { serve } from '../../../src/api/serve.ts';
import type { MemoryGateway } from './memory-gateway.ts';
import { createMemoryGateway } from './memory-gateway.ts';

/** Keys of the test server, by role. */
export const KEYS = { agent: 'agent-key', reviewer: 'reviewer-key', admin: 'admin-key' } as const;

export interface RunningApp {
  server: RunningServer;
  gateway: MemoryGateway;
  /** The log so far, one parsed line each. */
  lines: Record<string, unknown>[];
  logText(): string;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}

export interface CallOptions {
  key?: keyof typeof KEYS | null;
  body?: unknown;
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

/** Starts the real app on a free port over a gateway in memory, some methods replaced. */
export async function runApp(
  overrides: Partial<Gateway> = {},
  admission: Admission = createAdmission({ maxInFlight: 100, queueRatio: 1 }),
  more: Partial<AppOptions> = {},
): Promise<RunningApp> {
  const gateway = Object.assign(createMemoryGateway(), overrides);
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'debug' },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const callers = new Map<string, Caller>(
    Object.entries(KEYS).map(([role, key]) => [key, { principal: `the-${role}`, role: role as keyof typeof KEYS }]),
  );
  const authenticate = (token: string): Promise<Caller | null> => Promise.resolve(callers.get(token) ?? null);
  const app = createApp({ gateway, authenticate, admission, logger, version: '0.1.0', ...more });
  const server = await serve(app, { host: '127.0.0.1', port: 0 });
  return {
    server,
    gateway,
    lines,
    logText: () => JSON.stringify(lines),
    call: (method, path, options = {}) => call(`${server.url}${path}`, method, options),
  };
}

async function call(url: string, method: string, options: CallOptions): Promise<Answer> {
  const { key = 'agent', body, raw, headers = {}, signal } = options;
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${KEYS[key]}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}
