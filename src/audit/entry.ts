import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';

/** The version of the form below. A reader of another version must refuse it. */
export const ENTRY_VERSION = 1;

/** What the entry at the first place names as the one before it. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** What the hash of an entry covers. The data stands in it by its salted digest, so that it can be erased. */
export interface ChainEntry {
  v: typeof ENTRY_VERSION;
  /** Its place in the chain, from 1 without a gap. */
  seq: number;
  /** ISO 8601, by the clock of the process that wrote it. */
  at: string;
  kind: string;
  actor: string;
  /** The action's id, which is its workflow's too; or the name under which the record keeps other things. */
  action: string;
  /** Names the entry within its action. */
  key: string;
  dataDigest: string;
  /** The hash of the entry before. */
  prev: string;
}

/** The hash of an entry: hex SHA-256 over its RFC 8785 form. */
export function hashEntry({ v, seq, at, kind, actor, action, key, dataDigest, prev }: ChainEntry): string {
  return sha256(canonical({ v, seq, at, kind, actor, action, key, dataDigest, prev }));
}

/** The digest of an entry's data: hex SHA-256 over the salt's bytes and the RFC 8785 form of the data. */
export function digestData(salt: string, data: JsonObject): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(canonical(data), 'utf8').digest('hex');
}

/** 128 random bits in hex: without them nobody can try out what erased data may have been. */
export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function canonical(value: object): string {
  return canonicalize(value) ?? '';
}
