import type { Json } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { PermanentError } from './errors.ts';

/** The largest result that goes on record, in bytes of JSON. Temporal takes no more than 2 MB in one payload. */
export const MAXIMUM_RESULT_BYTES = 256 * 1024;

/** A result cannot go on record. The effect may have happened: trying again would not make the result smaller. */
export class ResultError extends PermanentError {
  constructor(
    readonly code: 'result_not_json' | 'result_too_large',
    message: string,
  ) {
    super(message);
  }
}

/** The result as it goes on record. `undefined` becomes null. Throws `ResultError` when it is no JSON or too large. */
export function boundedResult(value: unknown, who: string): Json {
  const checked = z.json().safeParse(value ?? null);
  if (!checked.success) {
    const where = checked.error.issues[0]?.path.join('.') ?? '';
    throw new ResultError(
      'result_not_json',
      `${who} returned something that is not JSON${where ? ` (at ${where})` : ''}: return plain objects, arrays, strings, ` +
        'finite numbers, booleans and null',
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(checked.data));
  if (bytes > MAXIMUM_RESULT_BYTES) {
    throw new ResultError(
      'result_too_large',
      `${who} returned ${bytes} bytes; at most ${MAXIMUM_RESULT_BYTES} go on record. Return a summary, or a reference to ` +
        'where the rest is kept',
    );
  }
  return checked.data;
}
