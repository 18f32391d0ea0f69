import type { AuditEntryList, CheckpointList } from '@gatehouse/sdk/contract';
import type { EntryFilter } from '../store/search.ts';
import type { Caller } from './gateway.ts';

export interface AuditPage {
  limit: number;
  cursor?: string | undefined;
}

/** The record, as the routes call for it. For those who may `audit.read`. */
export interface AuditGateway {
  /** Entries that have their place in the chain, the newest first. */
  events(caller: Caller, filter: EntryFilter, page: AuditPage): Promise<AuditEntryList>;
  /** NDJSON in pieces, in the order of the chain, from behind a place on. The copy itself goes on record first. */
  export(caller: Caller, filter: EntryFilter, after: number): Promise<AsyncIterable<Uint8Array>>;
  /** The signed heads, the newest first, with the keys that sign them. */
  checkpoints(caller: Caller, page: AuditPage): Promise<CheckpointList>;
}
