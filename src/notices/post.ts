import { SendError } from './send-error.ts';

export interface Posted {
  status: number;
  /** As much of the answer as is read. */
  text: string;
}

export interface Post {
  url: string;
  body: string;
  headers: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 10_000;
/** Nobody needs more of an answer than says that it arrived. */
const MOST_BYTES = 64 * 1024;
/** No receiver makes us wait longer between two attempts. */
const LONGEST_WAIT_MS = 3_600_000;
/** Client errors that can pass without anybody changing anything. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 423, 425, 429]);

/**
 * Posts to an address of the operator's choice: no redirects, TLS verified, at most ten seconds with the answer read, and
 * of that at most 64 kB. Throws `SendError` for everything but a status of 200 to 299.
 */
export async function post({ url, body, headers }: Post): Promise<Posted> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
    text = await readSome(response);
  } catch (error) {
    throw new SendError(reasonOf(error), false, null, { cause: error });
  }
  const { status } = response;
  if (status >= 200 && status < 300) return { status, text };
  if (status >= 300 && status < 400)
    throw new SendError(`It redirects (HTTP ${String(status)}): give the address itself`, true);
  const isFinal = status < 500 && !PASSING.has(status);
  throw new SendError(`It answers HTTP ${String(status)}`, isFinal, retryAfter(response.headers.get('retry-after')));
}

/** The wait of a `Retry-After` header, in seconds or as a date; null where there is none that can be read. */
export function retryAfter(header: string | null, now: number = Date.now()): number | null {
  if (header === null) return null;
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, LONGEST_WAIT_MS) : null;
}

async function readSome(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A body that never ends is left at the bound; the break cancels it.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8');
}

function reasonOf(error: unknown): string {
  const { name, cause } = (error ?? {}) as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return `It did not answer within ${String(TIMEOUT_MS / 1000)} seconds`;
  const code = typeof cause?.code === 'string' ? cause.code : null;
  if (code === null) return 'It cannot be reached';
  return CERTIFICATE.test(code) ? `Its certificate is not valid (${code})` : `It cannot be reached (${code})`;
}

/** Codes of OpenSSL and of Node for a certificate that proves nothing. */
const CERTIFICATE = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO|CHAIN/;
