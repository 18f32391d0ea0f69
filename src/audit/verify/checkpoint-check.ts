import type { Checkpoint } from '@gatehouse/sdk/contract';
import { checkpointIsSigned } from '../checkpoint.ts';
import type { Findings } from './finding.ts';

/** Holds signed checkpoints against the chain as it goes by. They come in the order of their size. */
export class CheckpointCheck {
  count = 0;
  vouchedFor = 0;
  readonly #waiting: Checkpoint[];

  constructor(
    checkpoints: readonly Checkpoint[],
    private readonly keys: ReadonlyMap<string, string>,
    private readonly from: string,
    private readonly findings: Findings,
  ) {
    this.#waiting = checkpoints.toSorted((a, b) => b.size - a.size);
  }

  /** Call for every entry, in order. */
  passed(seq: number, hash: string): void {
    for (let next = this.#waiting.at(-1); next !== undefined && next.size <= seq; next = this.#waiting.at(-1)) {
      this.#waiting.pop();
      if (!this.#isSigned(next)) continue;
      this.count += 1;
      if (next.size === seq && next.hash === hash) {
        this.vouchedFor = Math.max(this.vouchedFor, seq);
        continue;
      }
      this.findings.add(
        'checkpoint_differs',
        { seq: next.size },
        `Entry ${String(next.size)} is not the one that the checkpoint of ${next.at} (${this.from}) vouches for: ` +
          'it or an entry before it was rewritten',
      );
    }
  }

  /** Call behind the last entry, with how many there were. */
  finish(size: number): void {
    for (const late of this.#waiting.splice(0).reverse()) {
      if (!this.#isSigned(late)) continue;
      this.count += 1;
      const says = `The checkpoint of ${late.at} (${this.from}) vouches for ${String(late.size)} entries; there are ${String(size)}`;
      this.findings.add('record_shortened', { seq: size + 1 }, says);
    }
  }

  #isSigned(checkpoint: Checkpoint): boolean {
    const key = this.keys.get(checkpoint.keyId);
    if (key !== undefined && checkpointIsSigned(checkpoint, key)) return true;
    const why = key === undefined ? `no key ${checkpoint.keyId} is known` : 'its signature is not over it';
    const says = `The checkpoint of ${checkpoint.at} over ${String(checkpoint.size)} entries (${this.from}) does not count: ${why}`;
    this.findings.add('checkpoint_forged', { seq: checkpoint.size }, says);
    return false;
  }
}
