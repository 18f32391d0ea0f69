import type { Client } from '@temporalio/client';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { UnknownPayloadKeyError } from '../temporal/payload-errors.ts';
import { fetchHistory, readHistory, type HistoryFacts } from './history.ts';

/** What decrypts the payloads of one namespace; without codecs there is no key for any. */
export interface Opener {
  namespace: string;
  codecs: readonly PayloadCodec[];
}

/** Gives what to put in the place of a payload that could not be decrypted, or throws. */
type InPlaceOf = (payload: Payload, error: unknown) => Payload;

/**
 * What Temporal's history of an action's workflow holds, decrypted where payloads are encrypted. Throws
 * `WorkflowNotFoundError` where Temporal does not have it, and what the codec throws for payloads that are not its own.
 */
export async function fetchFacts(client: Client, actionId: string, runId?: string): Promise<HistoryFacts> {
  const history = await fetchHistory(client, actionId, runId);
  await openPayloads(client, history, actionId);
  return readHistory(history);
}

/** Decrypts what Temporal has sent of one workflow, in its place. Throws what the codec throws for what is not its own. */
export async function openPayloads(client: Client, sent: object, workflowId: string): Promise<void> {
  const { namespace, loadedDataConverter } = client.options;
  await openEach({ namespace, codecs: loadedDataConverter.payloadCodecs }, sent, workflowId, (_payload, error) => {
    throw error;
  });
}

/** Decrypts every encrypted payload below a value, in its place; `instead` says what becomes of those that cannot be. */
export async function openEach(
  { namespace, codecs }: Opener,
  sent: object,
  workflowId: string,
  instead: InPlaceOf,
): Promise<void> {
  const context: SerializationContext = { type: 'workflow', namespace, workflowId };
  for (const payload of encryptedIn(sent)) {
    const opened = await decode(payload, codecs, context).catch((error: unknown) => instead(payload, error));
    Object.assign(payload, { metadata: opened.metadata, data: opened.data });
  }
}

async function decode(
  payload: Payload,
  codecs: readonly PayloadCodec[],
  context: SerializationContext,
): Promise<Payload> {
  if (codecs.length === 0) throw new UnknownPayloadKeyError(keyIdOf(payload));
  let payloads = [payload];
  for (const codec of codecs.toReversed()) payloads = await codec.decode(payloads, context);
  const [opened] = payloads;
  return opened ?? payload;
}

/** Every encrypted payload below a value, each once; what is put in its place is not looked into. */
function* encryptedIn(value: unknown): Generator<Payload> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (isEncrypted(value)) yield value;
  else for (const inner of Object.values(value)) yield* encryptedIn(inner);
}

/** The id of the key that an encrypted payload says it needs. */
export function keyIdOf({ metadata }: Payload): string {
  return textOf(metadata, 'encryption-key-id');
}

/** What the SDK writes for itself, beside the results of local activities, is not encrypted, and neither are search attributes. */
function isEncrypted(value: object): value is Payload {
  return textOf((value as Payload).metadata, 'encoding') === 'binary/encrypted';
}

function textOf(metadata: Payload['metadata'], name: string): string {
  return Buffer.from(metadata?.[name] ?? []).toString('utf8');
}
