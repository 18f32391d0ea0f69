import type { Generated } from 'kysely';

/** What makes an entry of the record a link of the chain. All of it is null until the entry is sealed. */
export interface SealedColumns {
  /** From 1, without a gap. */
  place: Generated<number | null>;
  /** 128 random bits, hex; null again where the data was erased. */
  salt: Generated<string | null>;
  data_digest: Generated<string | null>;
  hash: Generated<string | null>;
}

/** The one row that says how long the chain is. Whoever lengthens it changes this row first. */
export interface ChainHeadTable {
  id: number;
  size: number;
  hash: string;
}

/** Signed heads of the chain. Only ever added to. */
export interface CheckpointsTable {
  size: number;
  hash: string;
  at: number;
  key_id: string;
  signature: string;
  /** When it was brought out of the database's reach; null while it was not. */
  delivered_at: number | null;
}

/** The public keys that checkpoints are signed with. */
export interface CheckpointKeysTable {
  id: string;
  public_key: string;
  created_at: number;
}
