import type { Outcome } from '@gatehouse/sdk/contract';
import type { Transition } from './report.ts';

const ORDER: readonly Outcome[] = ['ALLOW', 'REQUIRE_APPROVAL', 'BLOCK'];

/** Counts how often one outcome became another. */
export class Matrix {
  readonly #counts = new Map<string, number>();

  add(from: Outcome, to: Outcome): void {
    const key = `${from} ${to}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** How many became something else. */
  get changed(): number {
    return this.transitions()
      .filter(({ from, to }) => from !== to)
      .reduce((sum, { count }) => sum + count, 0);
  }

  /** Every pair that occurred, mildest first. */
  transitions(): Transition[] {
    return ORDER.flatMap((from) =>
      ORDER.flatMap((to) => {
        const count = this.#counts.get(`${from} ${to}`) ?? 0;
        return count === 0 ? [] : [{ from, to, count }];
      }),
    );
  }
}
