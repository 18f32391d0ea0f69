import type { FoundRow } from '../../store/search.ts';

export const EXPORT_FORMATS = ['ndjson', 'csv', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Writes pages of entries as bytes; `finish` gives what belongs behind the last. */
export interface ExportEncoder {
  encode(rows: readonly FoundRow[]): Promise<Uint8Array>;
  finish(): Promise<Uint8Array>;
}

/** The columns of the tabular forms. They are for looking at; the hashes are checked on NDJSON. */
export function toColumns(row: FoundRow) {
  return {
    seq: row.place,
    at: new Date(row.at),
    kind: row.kind,
    actor: row.actor,
    action: row.action_id,
    agent: row.agent,
    type: row.type,
    target: row.target,
    outcome: row.outcome,
    key: row.key,
    data: row.salt === null ? null : row.data_json,
    data_digest: row.data_digest,
    hash: row.hash,
  };
}
