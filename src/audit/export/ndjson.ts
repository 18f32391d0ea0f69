import { toAuditEntry } from '../entry-view.ts';
import type { ExportEncoder } from './format.ts';

const NOTHING = new Uint8Array(0);

/** One entry a line, whole: `gatehouse-verify` needs nothing else. */
export function ndjsonEncoder(): ExportEncoder {
  return {
    encode: async (rows) => Buffer.from(rows.map((row) => `${JSON.stringify(toAuditEntry(row))}\n`).join(''), 'utf8'),
    finish: async () => NOTHING,
  };
}
