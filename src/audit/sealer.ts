import { setImmediate } from 'node:timers/promises';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { appendSeals, readHead, readUnsealed, type ChainHead, type EventRow, type Seal } from '../store/chain.ts';
import type { Store } from '../store/open.ts';
import { digestData, ENTRY_VERSION, hashEntry, newSalt } from './entry.ts';

/** Entries that are sealed in one transaction: long enough to keep up, short enough that nobody waits for it. */
const BATCH = 500;

/**
 * Gives entries that have none their place in the chain, in batches, until all have one or `signal` aborts. What is costly
 * happens outside of the transaction, and of several processes that try one lengthens the chain: the others look again.
 * A process that dies anywhere leaves a whole batch sealed, or none of it.
 *
 * @returns how many entries this call has sealed
 */
export async function sealPending(store: Store, signal?: AbortSignal): Promise<number> {
  let sealed = 0;
  while (signal?.aborted !== true) {
    const head = await readHead(store);
    const rows = await readUnsealed(store, BATCH);
    if (rows.length === 0) break;
    const seals = linksAfter(head, rows);
    const last = seals.at(-1);
    if (last === undefined) break;
    const to = { size: last.place, hash: last.hash };
    if (await appendSeals(store, head, to, seals)) sealed += seals.length;
    // SQLite answers without a pause: whatever else this process does gets its turn.
    await setImmediate();
  }
  return sealed;
}

/** Links rows to a chain, in their order. */
export function linksAfter(head: ChainHead, rows: readonly EventRow[]): Seal[] {
  let { size: place, hash } = head;
  return rows.map((row) => {
    place += 1;
    const salt = newSalt();
    const dataDigest = digestData(salt, JSON.parse(row.data_json) as JsonObject);
    hash = hashEntry({
      v: ENTRY_VERSION,
      seq: place,
      at: new Date(row.at).toISOString(),
      kind: row.kind,
      actor: row.actor,
      action: row.action_id,
      key: row.key,
      dataDigest,
      prev: hash,
    });
    return { row: row.seq, place, salt, dataDigest, hash };
  });
}
