import type { Client } from '@temporalio/client';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { fetchHistory, readHistory, type HistoryFacts } from './history.ts';

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
  const codecs = loadedDataConverter.payloadCodecs;
  if (codecs.length > 0) await decodeIn(sent, codecs, { type: 'workflow', namespace, workflowId });
}

/** Decodes every encrypted payload below a value, in its place. */
async function decodeIn(value: unknown, codecs: readonly PayloadCodec[], context: SerializationContext): Promise<void> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (isEncrypted(value)) {
    let payloads: Payload[] = [value];
    for (const codec of codecs.toReversed()) payloads = await codec.decode(payloads, context);
    Object.assign(value, { metadata: payloads[0]?.metadata, data: payloads[0]?.data });
    return;
  }
  for (const inner of Object.values(value)) await decodeIn(inner, codecs, context);
}

/** What the SDK writes for itself, beside the results of local activities, is not encrypted, and neither are search attributes. */
function isEncrypted(value: object): value is Payload {
  const { metadata } = value as Payload;
  const encoding = metadata?.['encoding'];
  return encoding !== undefined && Buffer.from(encoding).toString('utf8') === 'binary/encrypted';
}
