import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { PayloadRefusedError, UnknownPayloadKeyError } from '../temporal/payload-errors.ts';
import { keyIdOf, openEach, type Opener } from './open-history.ts';

/** Why a payload cannot be shown, as a stable code, and the id of the key that it says it is encrypted with. */
export interface Unreadable {
  code: (UnknownPayloadKeyError | PayloadRefusedError)['code'];
  keyId: string;
}

/** As many payloads of one history cannot be shown for the same reason. */
export interface UnreadablePayloads extends Unreadable {
  payloads: number;
}

/**
 * Decrypts what it can of a history, in its place, and puts a stand-in where it cannot: a story with gaps that are named is
 * better than none. Returns the gaps, by reason and key. Throws for nothing that is in a payload.
 */
export async function openReadable(opener: Opener, history: object, workflowId: string): Promise<UnreadablePayloads[]> {
  const gaps = new Map<string, UnreadablePayloads>();
  await openEach(opener, history, workflowId, (payload, error) => {
    const why = whyUnreadable(payload, error);
    const name = JSON.stringify(why);
    gaps.set(name, { ...why, payloads: (gaps.get(name)?.payloads ?? 0) + 1 });
    return defaultPayloadConverter.toPayload({ gatehouseUnreadable: why });
  });
  return [...gaps.values()];
}

/** Why a decoded value is a stand-in; null for what could be read. */
export function unreadableIn(value: unknown): Unreadable | null {
  if (typeof value !== 'object' || value === null || !('gatehouseUnreadable' in value)) return null;
  return value.gatehouseUnreadable as Unreadable;
}

function whyUnreadable(payload: Payload, error: unknown): Unreadable {
  if (!(error instanceof UnknownPayloadKeyError || error instanceof PayloadRefusedError)) throw error;
  return { code: error.code, keyId: keyIdOf(payload) };
}
