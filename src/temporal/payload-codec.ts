import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  defaultPayloadConverter,
  type Payload,
  type PayloadCodec,
  type SerializationContext,
} from '@temporalio/common';
import proto from '@temporalio/proto';
import type { PayloadKey, PayloadSettings } from '../settings/payload-keys.ts';
import { refusedPayload } from '../workflows/refused-payload.ts';
import { PayloadRefusedError, UnknownPayloadKeyError } from './payload-errors.ts';

const PayloadMessage = proto.temporal.api.common.v1.Payload;

const CIPHER = 'aes-256-gcm';
/** The length that GCM is made for, in bytes (NIST SP 800-38D, 5.2.1.1). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ENCRYPTED = 'binary/encrypted';

export interface PayloadCodecOptions extends PayloadSettings {
  /** Where the SDK names no other. */
  namespace: string;
  /**
   * What to do with a payload that this gate did not make for this workflow: `throw`, or `mark` to put a
   * `RefusedPayload` in its place, for workers, whose workflows must outlive a message that nobody can read.
   */
  refused: 'throw' | 'mark';
}

/**
 * Encrypts all that Temporal gets to keep: AES-256-GCM with a fresh nonce each. Namespace, workflow id and key id are
 * authenticated along with it, so that what was encrypted for one workflow is refused in any other.
 */
export function createPayloadCodec(options: PayloadCodecOptions): PayloadCodec {
  const { keys, plain, namespace, refused } = options;
  const byId = new Map(keys.map((key) => [key.id, key]));
  const [active] = keys;

  function decode(payload: Payload, context: SerializationContext | undefined): Payload {
    if (metadataOf(payload, 'encoding') !== ENCRYPTED)
      return plain === 'accept' ? payload : refuse('It is not encrypted');
    const keyId = metadataOf(payload, 'encryption-key-id');
    const key = byId.get(keyId);
    // The key may come with the next restart: nothing is refused for good because it is not here yet.
    if (key === undefined) throw new UnknownPayloadKeyError(keyId);
    const workflowId = metadataOf(payload, 'gatehouse-workflow-id');
    if (context?.workflowId !== undefined && context.workflowId !== workflowId)
      return refuse('It was encrypted for another workflow');
    const opened = open(payload, key, { namespace: context?.namespace ?? namespace, workflowId });
    return opened ?? refuse('It was changed, or encrypted for another namespace');
  }

  function refuse(why: string): Payload {
    if (refused === 'throw') throw new PayloadRefusedError(why);
    return defaultPayloadConverter.toPayload(refusedPayload(why));
  }

  return {
    encode: (payloads, context) =>
      Promise.resolve(
        payloads.map((payload) =>
          seal(payload, active, { namespace: context?.namespace ?? namespace, workflowId: context?.workflowId ?? '' }),
        ),
      ),
    // Within the promise: what throws must reject.
    decode: async (payloads, context) => Promise.resolve(payloads.map((payload) => decode(payload, context))),
  };
}

interface Binding {
  namespace: string;
  workflowId: string;
}

function seal(payload: Payload, { id, secret }: PayloadKey, bound: Binding): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, secret, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated(id, bound));
  const plain = PayloadMessage.encode(PayloadMessage.create(payload)).finish();
  return {
    metadata: {
      encoding: Buffer.from(ENCRYPTED),
      'encryption-cipher': Buffer.from('AES-256-GCM'),
      'encryption-key-id': Buffer.from(id),
      'gatehouse-workflow-id': Buffer.from(bound.workflowId),
    },
    data: Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
  };
}

/** What was sealed, or undefined where it was not sealed with this key and for this place. */
function open({ data }: Payload, { id, secret }: PayloadKey, bound: Binding): Payload | undefined {
  const bytes = Buffer.from(data ?? []);
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, secret, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(associated(id, bound));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return PayloadMessage.decode(plain);
  } catch {
    return undefined;
  }
}

/** As JSON, so that no two places have the same bytes. */
function associated(keyId: string, { namespace, workflowId }: Binding): Buffer {
  return Buffer.from(JSON.stringify(['gatehouse-payload-v1', keyId, namespace, workflowId]), 'utf8');
}

function metadataOf({ metadata }: Payload, name: string): string {
  return Buffer.from(metadata?.[name] ?? []).toString('utf8');
}
