import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { PermanentError, TransientError } from '../errors.ts';

const EXCERPT = 500;
const LONGEST_DELAY = 3600;

/** The result of an answer with a 2xx status; throws `TransientError` or `PermanentError` for any other. */
export async function readAnswer(response: Response, maximumBytes: number, where: string): Promise<JsonObject> {
  const { text, truncated } = await readBounded(response, maximumBytes);
  const { status } = response;
  if (response.ok) return { status, body: truncated ? text : parse(response, text), ...(truncated && { truncated }) };
  const says = text === '' ? '' : `: ${text.slice(0, EXCERPT)}`;
  const message = `${where} answered ${status}${says}`;
  if (status !== 408 && status !== 429 && status < 500) throw new PermanentError(message);
  const delay = retryAfterSeconds(response.headers.get('retry-after'));
  throw new TransientError(message, delay === undefined ? {} : { retryAfterSeconds: delay });
}

async function readBounded(response: Response, maximumBytes: number): Promise<{ text: string; truncated: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader && size <= maximumBytes) {
    const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array };
    if (done || !value) break;
    chunks.push(value);
    size += value.byteLength;
  }
  const truncated = size > maximumBytes;
  if (truncated) await reader?.cancel();
  const bytes = Buffer.concat(chunks).subarray(0, maximumBytes);
  return { text: new TextDecoder().decode(bytes), truncated };
}

function parse(response: Response, text: string): Json {
  if (text === '') return null;
  if (!/[/+]json\b/i.test(response.headers.get('content-type') ?? '')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function retryAfterSeconds(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, LONGEST_DELAY) : undefined;
}
