import type { SignedHead } from './checkpoints.ts';
import { isSigned } from './checkpoints.ts';
import { dataDigestOf, hashOf, readEntry, type ExportedEntry } from './entry.ts';
import { isVerdictSigned } from './verdicts.ts';

/** Something that is wrong, and at which entry. */
export interface Broken {
  /** The entry's place; null where the line could not be read. */
  seq: number | null;
  line: number;
  says: string;
}

export interface WalkOptions {
  checkpoints: readonly SignedHead[];
  keys: ReadonlyMap<string, string>;
  /** What verdicts may be signed with; null where nobody asks for that. */
  verdictKeys: ReadonlyMap<string, string> | null;
  /** The file is a part: what it leaves out is counted, and no fault. */
  partial: boolean;
}

/** Walks along an export, line by line, with a memory that does not grow with it. */
export class Walk {
  entries = 0;
  first = 0;
  last = 0;
  gaps = 0;
  erased = 0;
  vouchedFor = 0;
  verdicts = 0;
  signed = 0;
  readonly broken: Broken[] = [];
  #line = 0;
  #hash = '0'.repeat(64);
  readonly #heads = new Map<number, SignedHead>();
  readonly #erased = new Map<string, number>();
  readonly #erasers = new Set<string>();

  constructor(private readonly options: WalkOptions) {
    for (const head of options.checkpoints) {
      if (isSigned(head, options.keys)) this.#heads.set(head.size, head);
      else
        this.#fault(
          head.size,
          `the checkpoint over ${String(head.size)} entries is not signed by a key that was given`,
        );
    }
  }

  take(line: string): void {
    this.#line += 1;
    if (line === '') return;
    const entry = readEntry(line);
    if (typeof entry === 'string') {
      this.#fault(null, `the line ${entry}`);
      return;
    }
    this.#place(entry);
    this.#content(entry);
    this.#verdict(entry);
    this.#head(entry);
    this.entries += 1;
    this.last = Math.max(this.last, entry.seq);
    this.#hash = entry.hash;
  }

  finish(): void {
    if (this.options.partial) return;
    if (this.entries === 0) this.#fault(null, 'the file has no entries');
    for (const [name, seq] of this.#erased) {
      if (!this.#erasers.has(name)) this.#fault(seq, 'its data is gone, and no entry says who erased it');
    }
    const beyond = [...this.#heads.keys()].filter((size) => size > this.last).sort((a, b) => b - a)[0];
    if (beyond !== undefined) {
      this.#fault(
        this.last + 1,
        `it is missing: a checkpoint vouches for ${String(beyond)} entries, and the file ends before`,
      );
    }
  }

  #place({ seq, prev }: ExportedEntry): void {
    if (this.first === 0) this.first = seq;
    if (seq <= this.last) {
      this.#fault(seq, `it stands behind entry ${String(this.last)}`);
    } else if (seq > this.last + 1) {
      this.gaps += 1;
      if (!this.options.partial) this.#fault(this.last + 1, `it is missing; entry ${String(seq)} comes next`);
    } else if (prev !== this.#hash) {
      this.#fault(seq, 'it does not follow the entry before: prev is another hash');
    }
  }

  #content(entry: ExportedEntry): void {
    const { seq, hash, salt, data, dataDigest, action, key, kind } = entry;
    if (hashOf(entry) !== hash) this.#fault(seq, 'it is not what was sealed: its hash is not over it');
    if (salt === null || data === null) {
      this.erased += 1;
      this.#erased.set(`${action}\n${key}`, seq);
    } else if (dataDigestOf(salt, data) !== dataDigest) {
      this.#fault(seq, 'its data is not what was sealed');
    } else if (kind === 'redacted' && Array.isArray(data['keys'])) {
      for (const gone of data['keys']) this.#erasers.add(`${action}\n${String(gone)}`);
    }
  }

  #verdict(entry: ExportedEntry): void {
    const { verdictKeys } = this.options;
    if (verdictKeys === null || entry.kind !== 'verdict') return;
    this.verdicts += 1;
    const isSigned = isVerdictSigned(entry, verdictKeys);
    if (isSigned === true) this.signed += 1;
    if (isSigned === false)
      this.#fault(entry.seq, 'none of the keys that were given signed the verdict that it tells of');
  }

  #head({ seq, hash, prev }: ExportedEntry): void {
    // The entry before may have been left out: its hash is known from `prev`.
    for (const [size, known] of [
      [seq - 1, prev],
      [seq, hash],
    ] as const) {
      const head = this.#heads.get(size);
      if (head === undefined || size === this.last) continue;
      if (head.hash === known) this.vouchedFor = Math.max(this.vouchedFor, size);
      else {
        this.#fault(
          size,
          `it is not the one that the checkpoint of ${head.at} vouches for: it or one before was rewritten`,
        );
        this.#heads.delete(size);
      }
    }
  }

  #fault(seq: number | null, says: string): void {
    this.broken.push({ seq, line: this.#line, says });
  }
}
