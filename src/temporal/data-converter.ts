import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { PayloadSettings } from '../settings/payload-keys.ts';
import { createPayloadCodec } from './payload-codec.ts';

/** How clients and workers write to Temporal, and what they take from it. */
export interface DataConverters {
  client: DataConverter;
  worker: DataConverter;
}

// Temporal loads it by its path, which ends differently once it is compiled.
const HERE = fileURLToPath(import.meta.url);
const FAILURE_CONVERTER = fileURLToPath(new URL(`./failure-converter${extname(HERE)}`, import.meta.url));

/** With keys, everything is encrypted and nothing else is taken; without, Temporal keeps what it is given as it is. */
export function dataConverters(payloads: PayloadSettings | undefined, namespace: string): DataConverters {
  if (payloads === undefined) return { client: {}, worker: {} };
  const using = (refused: 'throw' | 'mark'): DataConverter => ({
    payloadCodecs: [createPayloadCodec({ ...payloads, namespace, refused })],
    failureConverterPath: FAILURE_CONVERTER,
  });
  return { client: using('throw'), worker: using('mark') };
}
