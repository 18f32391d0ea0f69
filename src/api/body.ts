import type { Json } from '@gatehouse/sdk/contract';
import type { Request } from 'express';
import { GateProblem } from '../decide/problem.ts';
import { confirmAuthority } from './authority.ts';
import { parseStrictJson } from './strict-json.ts';

/** The largest body that is read, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;

/** A byte order mark is kept, so that the JSON parser refuses it: what is digested is exactly what was sent. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a request's JSON body. Throws `GateProblem`: `unsupported_media_type`, `payload_too_large`, `invalid_json`.
 * A request without any body gives `whenEmpty` where that is set. `limit` is in bytes.
 */
export async function readJsonBody(request: Request, whenEmpty?: Json, limit = MAX_BODY_BYTES): Promise<Json> {
  if (whenEmpty !== undefined && isBodyless(request)) return whenEmpty;
  refuseOtherMedia(request);
  const bytes = await readBytes(request, limit);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (error) {
    throw new GateProblem('invalid_json', 'The body is not valid UTF-8: encode it as UTF-8.', {}, [], { cause: error });
  }
  if (text.trim() === '') throw new GateProblem('invalid_json', 'The body is empty: send one JSON object.');
  return parseStrictJson(text);
}

function isBodyless(request: Request): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] === undefined && (length === undefined || length === '0');
}

function refuseOtherMedia(request: Request): void {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  if (type.trim() !== 'application/json' || !isUtf8) {
    throw new GateProblem(
      'unsupported_media_type',
      'The header Content-Type must be application/json (in UTF-8): set `Content-Type: application/json`.',
    );
  }
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== 'identity') {
    throw new GateProblem(
      'unsupported_media_type',
      'Compressed bodies are not accepted: send the body without the header Content-Encoding.',
    );
  }
}

/**
 * Collects the body up to the limit. What comes after is drained unread, so that the client still hears the refusal. Whoever
 * sends it slowly must still be somebody when it is here.
 */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  const bytes = await collect(request, limit);
  await confirmAuthority(request);
  return bytes;
}

function collect(request: Request, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const tooLarge = (): void => {
      request.off('data', onData);
      request.resume();
      const detail = `The body is larger than ${limit} bytes: send a reference to large data, not the data.`;
      reject(new GateProblem('payload_too_large', detail, { limitBytes: limit }));
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) tooLarge();
      else chunks.push(chunk);
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      tooLarge();
      return;
    }
    request.on('data', onData);
    request.once('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.once('error', (error) => {
      reject(new GateProblem('invalid_json', 'The body broke off.', {}, [], { cause: error }));
    });
  });
}
