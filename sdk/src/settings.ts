import { z } from 'zod';
import { DEFAULTS } from './defaults.ts';
import { InvalidUsageError } from './errors/usage.ts';
import type { GatehouseOptions } from './options.ts';
import type { Warn } from './warnings.ts';
import { quietly } from './warnings.ts';

/** The options of a client, checked and complete. */
export interface Settings {
  /** Without a trailing slash. */
  url: string;
  apiKey: string;
  fetch: typeof globalThis.fetch;
  timeoutMs: number;
  retry: Record<keyof typeof DEFAULTS.retry, number>;
  /** Undefined, too, where it throws: a trace is no reason not to act. */
  traceparent: () => string | undefined;
  warn: Warn;
}

const milliseconds = z.number({ error: 'must be a number of milliseconds, 0 or more' }).nonnegative();
const functionSchema = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === 'function',
  'must be a function',
);

const urlSchema = z
  .string({ error: 'must be the address of the gate, e.g. "http://127.0.0.1:4280"' })
  .refine(
    isGateUrl,
    'must be an http or https address without credentials, query or fragment, e.g. "http://127.0.0.1:4280"',
  );

const apiKeySchema = z
  .string({ error: 'must be a key with the role agent' })
  .regex(/^[\x21-\x7e]+$/, 'must be a key with the role agent, without spaces or line breaks');

const optionsSchema = z.strictObject({
  url: urlSchema,
  apiKey: apiKeySchema,
  fetch: functionSchema.optional(),
  timeoutMs: z.number({ error: 'must be a number of milliseconds above 0' }).positive().optional(),
  retry: z
    .strictObject({
      attempts: z.number({ error: 'must be a whole number, 1 or more' }).int().min(1).optional(),
      baseMs: milliseconds.optional(),
      maxMs: milliseconds.optional(),
      maxRetryAfterMs: milliseconds.optional(),
      outageMs: milliseconds.optional(),
    })
    .optional(),
  traceparent: functionSchema.optional(),
  onWarning: functionSchema.optional(),
});

/** Checks the options of a client. Throws `InvalidUsageError` with every problem at once; never repeats the key. */
export function resolveSettings(options: GatehouseOptions): Settings {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) throw new InvalidUsageError('new Gatehouse()', problemsOf(checked.error));
  return {
    url: options.url.replace(/\/+$/, ''),
    apiKey: options.apiKey,
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeoutMs: options.timeoutMs ?? DEFAULTS.timeoutMs,
    retry: { ...DEFAULTS.retry, ...withoutUndefined(options.retry ?? {}) },
    traceparent: orUndefined(options.traceparent),
    warn: quietly(options.onWarning),
  };
}

function orUndefined(given: GatehouseOptions['traceparent']): () => string | undefined {
  return () => {
    try {
      return given?.();
    } catch {
      return undefined;
    }
  };
}

/** One sentence for each problem that zod found, each beginning with the place. */
export function problemsOf(error: z.ZodError, places: (path: PropertyKey[]) => string = dotted): string[] {
  return error.issues.map((issue) => {
    const place = places(issue.path);
    return place === '' ? issue.message : `${place}: ${issue.message}`;
  });
}

function dotted(path: PropertyKey[]): string {
  return path.map(String).join('.');
}

function isGateUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  return web && url.username === '' && url.password === '' && !/[?#]/.test(text);
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
