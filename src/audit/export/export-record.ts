import { randomUUID } from 'node:crypto';
import { AUDIT_RECORD } from '../../store/audit-record.ts';
import { appendEvents } from '../../store/events.ts';
import type { Store } from '../../store/open.ts';
import { streamEntries, type EntryFilter } from '../../store/search.ts';
import { encoderFor } from './encode.ts';
import type { ExportFormat } from './format.ts';

export interface ExportOptions {
  format: ExportFormat;
  filter: EntryFilter;
  /** Goes on behind this place. */
  after: number;
  /** Who takes the copy, e.g. `admin:maria`. */
  actor: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** A piece of an export: its bytes, how many entries are in it, and the place of the last of them. */
export interface ExportPiece {
  bytes: Uint8Array;
  entries: number;
  last: number;
}

/** Streams what fits of the record, in the order of the chain. Who takes what is on record before the first byte leaves. */
export async function* exportRecord(store: Store, options: ExportOptions): AsyncGenerator<ExportPiece> {
  const { format, filter, after, actor, at } = options;
  const encoder = await encoderFor(format, { header: after === 0 });
  const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
  const data = { format, after, filter: Object.fromEntries(asked) };
  await appendEvents(store.db, AUDIT_RECORD, [{ kind: 'exported', key: `exported:${randomUUID()}`, actor, at, data }]);
  let last = after;
  for await (const rows of streamEntries(store, filter, after)) {
    last = rows.at(-1)?.place ?? last;
    yield { bytes: await encoder.encode(rows), entries: rows.length, last };
  }
  const bytes = await encoder.finish();
  if (bytes.length > 0) yield { bytes, entries: 0, last };
}
