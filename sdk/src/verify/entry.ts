import { createHash } from 'node:crypto';
import { canonical } from './canonical.ts';

/** One line of an export. */
export interface ExportedEntry {
  v: 1;
  seq: number;
  at: string;
  kind: string;
  actor: string;
  action: string;
  key: string;
  dataDigest: string;
  prev: string;
  hash: string;
  salt: string | null;
  data: Record<string, unknown> | null;
}

const TEXTS = ['at', 'kind', 'actor', 'action', 'key', 'dataDigest', 'prev', 'hash'] as const;

/** Reads one line; a text says what is wrong with it. */
export function readEntry(line: string): ExportedEntry | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is not JSON; the file may be cut off there';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is no JSON object';
  const entry = value as Record<string, unknown>;
  if (entry['v'] !== 1) return 'is of another version than 1, which is all that this program can read';
  if (!Number.isSafeInteger(entry['seq']) || (entry['seq'] as number) < 1)
    return 'has no place: seq is no number from 1 on';
  const missing = TEXTS.find((name) => typeof entry[name] !== 'string');
  if (missing !== undefined) return `lacks ${missing}`;
  const isErased = entry['salt'] === null && entry['data'] === null;
  const isWhole = typeof entry['salt'] === 'string' && typeof entry['data'] === 'object' && entry['data'] !== null;
  if (!isErased && !isWhole) return 'has data without salt, or salt without data';
  return entry as unknown as ExportedEntry;
}

/** What the hash of an entry has to be: over all of it but data, salt, and the hash itself. */
export function hashOf({ v, seq, at, kind, actor, action, key, dataDigest, prev }: ExportedEntry): string {
  const covered = canonical({ v, seq, at, kind, actor, action, key, dataDigest, prev });
  return createHash('sha256').update(covered, 'utf8').digest('hex');
}

/** What the digest of its data has to be: over the bytes of the salt, then the canonical data. */
export function dataDigestOf(salt: string, data: Record<string, unknown>): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(canonical(data), 'utf8').digest('hex');
}
