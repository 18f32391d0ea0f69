import type { JsonObject } from '@gatehouse/sdk/contract';
import type { EventRow, SealedRow } from '../../store/chain.ts';
import { digestData, ENTRY_VERSION, hashEntry, NOTHING_BEFORE } from '../entry.ts';
import type { Findings } from './finding.ts';

/**
 * Walks along the chain, entry by entry. It goes on behind whatever is wrong, with the hash that stands there, so that one
 * change is one finding and not everything after it.
 */
export class ChainWalk {
  size = 0;
  hash = NOTHING_BEFORE;
  redacted = 0;
  /** Places of entries without data, until the entry comes that says who erased it. */
  readonly #unexplained = new Map<number, string>();
  readonly #explained = new Set<string>();

  constructor(private readonly findings: Findings) {}

  /** Takes the next entry. */
  take(row: SealedRow): void {
    const { place: seq, action_id: action } = row;
    const isNext = this.#isNext(seq, action);
    const { sound, says } = this.#data(row);
    if (!sound) this.findings.add('data_changed', { seq, action }, says);
    const hash = hashOf(row, this.hash);
    if (isNext && hash !== row.hash) {
      this.findings.add(
        'entry_changed',
        { seq, action },
        `Entry ${String(seq)} (${row.kind} of ${action}) is not what was sealed: its hash is ${short(hash)}, not ${short(row.hash)}`,
      );
    }
    this.hash = row.hash;
    this.size = Math.max(this.size, seq);
    if (row.kind === 'redacted' && sound) this.explain(row);
  }

  /** Call behind the last entry: data that is gone without anybody having erased it is a finding then. */
  finish(): void {
    for (const [seq, where] of this.#unexplained) {
      if (this.#explained.has(where)) continue;
      const action = where.slice(0, where.indexOf('\n'));
      const says = `The data of entry ${String(seq)} is gone, and no entry says who erased it`;
      this.findings.add('data_missing', { seq, action }, says);
    }
  }

  #isNext(seq: number, action: string): boolean {
    if (seq === this.size + 1) return true;
    if (seq <= this.size) {
      this.findings.add('entry_twice', { seq, action }, `Place ${String(seq)} is taken twice`);
    } else {
      const missing = seq - this.size - 1;
      const from = this.size + 1;
      const what = missing === 1 ? `Entry ${String(from)} is` : `Entries ${String(from)} to ${String(seq - 1)} are`;
      this.findings.add('entry_missing', { seq: from }, `${what} missing`);
    }
    return false;
  }

  #data(row: SealedRow): { sound: boolean; says: string } {
    if (row.salt === null) {
      this.redacted += 1;
      this.#unexplained.set(row.place, `${row.action_id}\n${row.key}`);
      return { sound: true, says: '' };
    }
    const says = `The data of entry ${String(row.place)} (${row.kind} of ${row.action_id}) is not what was sealed`;
    try {
      const data = JSON.parse(row.data_json) as JsonObject;
      return { sound: digestData(row.salt, data) === row.data_digest, says };
    } catch {
      return { sound: false, says };
    }
  }

  /** Takes an entry that says whose data was erased. */
  explain({ action_id: action, data_json: json, salt, place }: EventRow): void {
    if (place !== null && salt === null) return;
    const { keys } = JSON.parse(json) as { keys?: unknown };
    if (!Array.isArray(keys)) return;
    for (const key of keys) this.#explained.add(`${action}\n${String(key)}`);
  }
}

/** The hash that a row has behind the one before it. */
export function hashOf(row: SealedRow, prev: string): string {
  return hashEntry({
    v: ENTRY_VERSION,
    seq: row.place,
    at: isoOf(row.at),
    kind: row.kind,
    actor: row.actor,
    action: row.action_id,
    key: row.key,
    dataDigest: row.data_digest,
    prev,
  });
}

/** A time outside of what a date can be was never sealed; it must not stop whoever looks. */
function isoOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}

function short(hash: string): string {
  return `${hash.slice(0, 12)}…`;
}
