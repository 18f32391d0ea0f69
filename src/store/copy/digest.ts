import { createHash } from 'node:crypto';
import type { Row } from './rows.ts';
import type { CopiedTable } from './tables.ts';

const SIZE = 2n ** 256n;

/**
 * Says in one number what the rows of a table are, whatever their order: the sum of the SHA-256 of each, modulo 2^256, as
 * 64 hex digits. A row is the JSON of its values in the order of the columns' names, so that it is the same on both
 * databases.
 */
export class TableDigest {
  rows = 0;
  private sum = 0n;

  constructor(private readonly table: CopiedTable) {}

  add(row: Row): void {
    const text = JSON.stringify(this.table.columns.map((column) => plain(row[column])));
    this.sum = (this.sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)) % SIZE;
    this.rows += 1;
  }

  toString(): string {
    return this.sum.toString(16).padStart(64, '0');
  }
}

/** Both drivers hand out text, numbers and null; bytes and large numbers in forms of their own. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'bigint' ? Number(value) : (value ?? null);
}
