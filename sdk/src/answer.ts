import type { z } from 'zod';
import type { Problem } from './contract/index.ts';
import { problemSchema } from './contract/index.ts';
import { GateRequestError } from './errors/request.ts';
import { GateUnavailableError } from './errors/unavailable.ts';

/** One HTTP answer, read to its end. */
export interface RawAnswer {
  status: number;
  contentType: string | null;
  retryAfter: string | null;
  text: string;
}

/** What an answer must be. */
export interface Expected<T> {
  schema: z.ZodType<T>;
  /** Says what in a well-formed answer does not make sense for what was asked, or null. */
  contradiction?: (answer: T) => string | null;
}

/**
 * Turns an HTTP answer into what the schema says, or throws.
 *
 * INVARIANT: whatever is not exactly an answer of a gate is unavailable: it is never an ALLOW, and never a refusal.
 */
export function readAnswer<T>(raw: RawAnswer, { schema, contradiction }: Expected<T>, idempotencyKey?: string): T {
  const key = idempotencyKey === undefined ? {} : { idempotencyKey };
  const malformed = (says: string): GateUnavailableError =>
    new GateUnavailableError(says, { reason: 'malformed_answer', status: raw.status, ...key });
  const body = parseJson(raw);

  if (raw.status >= 200 && raw.status < 300) {
    if (body === undefined) throw malformed(`it answered ${raw.status} with ${contentOf(raw)} instead of JSON`);
    const parsed = schema.safeParse(body);
    const place = parsed.error?.issues[0];
    const wrong = parsed.success
      ? (contradiction?.(parsed.data) ?? null)
      : `${place?.path.map(String).join('.')}: ${place?.message}`;
    if (parsed.success && wrong === null) return parsed.data;
    throw malformed(`its answer is not one of Gatehouse: ${wrong}`);
  }

  const problem = readProblem(raw, body);
  if (raw.status >= 500 || raw.status === 429 || raw.status === 408) {
    throw new GateUnavailableError(problem?.detail ?? `it answered ${raw.status} with ${contentOf(raw)}`, {
      reason: raw.status === 503 || raw.status === 429 ? 'busy' : 'server_error',
      status: raw.status,
      ...retryAfter(raw),
      ...key,
      ...(problem === undefined ? {} : { problem }),
    });
  }
  if (problem === undefined) throw malformed(`it answered ${raw.status} with ${contentOf(raw)}; check the url`);
  throw new GateRequestError(problem);
}

function parseJson(raw: RawAnswer): unknown {
  if (!/^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i.test(raw.contentType ?? '')) return undefined;
  try {
    return JSON.parse(raw.text) as unknown;
  } catch {
    return undefined;
  }
}

function readProblem(raw: RawAnswer, body: unknown): Problem | undefined {
  const parsed = problemSchema.safeParse(body);
  // A body that was made for another status was not made by a gate.
  return parsed.success && parsed.data.status === raw.status ? parsed.data : undefined;
}

function contentOf(raw: RawAnswer): string {
  return raw.text === '' ? 'an empty body' : (raw.contentType ?? 'a body of no type');
}

/** `Retry-After` is a number of seconds or a date. */
function retryAfter(raw: RawAnswer): { retryAfterMs?: number } {
  if (raw.retryAfter === null) return {};
  const seconds = /^\d+$/.test(raw.retryAfter.trim()) ? Number(raw.retryAfter) : NaN;
  const ms = Number.isNaN(seconds) ? Date.parse(raw.retryAfter) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? {} : { retryAfterMs: Math.max(0, ms) };
}
