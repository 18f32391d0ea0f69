import type { AuditEntryList, CheckpointList } from '@gatehouse/sdk/contract';
import { toAuditEntry } from '../../audit/entry-view.ts';
import { exportRecord } from '../../audit/export/export-record.ts';
import { toCheckpoint } from '../../audit/take-checkpoint.ts';
import { GateProblem } from '../../decide/problem.ts';
import { readBacklog, readHead } from '../../store/chain.ts';
import { listCheckpoints, readCheckpointKeys } from '../../store/checkpoints.ts';
import { searchEntries, type EntryFilter } from '../../store/search.ts';
import type { AuditPage } from '../audit-gateway.ts';
import type { Caller } from '../gateway.ts';
import { permit } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';

/** Entries that fit and have their place in the chain, the newest first. */
export async function auditEvents(
  deps: GatewayDeps,
  caller: Caller,
  filter: EntryFilter,
  { limit, cursor }: AuditPage,
): Promise<AuditEntryList> {
  permit(caller, 'audit.read');
  const below = cursor === undefined ? undefined : placeOf(cursor);
  const rows = await searchEntries(deps.store, filter, { limit: limit + 1, below });
  const entries = rows.slice(0, limit).map(toAuditEntry);
  return { entries, nextCursor: rows.length > limit ? String(entries.at(-1)?.seq) : null };
}

/** The entries that fit, as NDJSON in pieces. That they are taken is on record before the first piece. */
export async function auditExport(
  deps: GatewayDeps,
  caller: Caller,
  filter: EntryFilter,
  after: number,
): Promise<AsyncIterable<Uint8Array>> {
  permit(caller, 'audit.read');
  const actor = `${caller.role}:${caller.principal}`;
  return bytesOf(exportRecord(deps.store, { format: 'ndjson', filter, after, actor, at: deps.now() }));
}

/** The signed heads of the chain, the newest first. */
export async function auditCheckpoints(
  deps: GatewayDeps,
  caller: Caller,
  { limit, cursor }: AuditPage,
): Promise<CheckpointList> {
  permit(caller, 'audit.read');
  const below = cursor === undefined ? undefined : placeOf(cursor);
  const [{ size }, { entries: unsealed }, rows, keys] = await Promise.all([
    readHead(deps.store),
    readBacklog(deps.store),
    listCheckpoints(deps.store, limit + 1, below),
    readCheckpointKeys(deps.store),
  ]);
  const checkpoints = rows.slice(0, limit).map(toCheckpoint);
  return {
    ...{ size, unsealed, checkpoints },
    keys: [...keys].map(([keyId, publicKey]) => ({ keyId, publicKey })),
    nextCursor: rows.length > limit ? String(checkpoints.at(-1)?.size) : null,
  };
}

async function* bytesOf(pieces: AsyncIterable<{ bytes: Uint8Array }>): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of pieces) yield bytes;
}

function placeOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new GateProblem('invalid_request', 'The cursor is not one that this API gave out.', {}, [
    { field: 'cursor', problem: 'unreadable', fix: 'use nextCursor of the page before, unchanged' },
  ]);
}
