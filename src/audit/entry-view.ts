import type { AuditEntry, JsonObject } from '@gatehouse/sdk/contract';
import type { FoundRow } from '../store/search.ts';
import { ENTRY_VERSION, NOTHING_BEFORE } from './entry.ts';

/** A sealed entry in the form that travels: what its hash covers, the hash, and the data with its salt. */
export function toAuditEntry(row: FoundRow): AuditEntry {
  const { place: seq, kind, actor, action_id: action, key, data_digest: dataDigest, hash, salt } = row;
  return {
    v: ENTRY_VERSION,
    seq,
    at: new Date(row.at).toISOString(),
    ...{ kind, actor, action, key, dataDigest },
    prev: row.prev ?? NOTHING_BEFORE,
    ...{ hash, salt },
    data: salt === null ? null : (JSON.parse(row.data_json) as JsonObject),
  };
}
