import type { Effect, Place } from './effect.ts';

/**
 * Follows BEGIN and COMMIT through one text. A transaction that begins and ends in it changes nothing by itself; one that
 * is left open, or that was opened by somebody else and ends here, decides about what others have done or will do.
 */
export class Transactions {
  #opened: Place | undefined;
  #isOpen = false;

  begin(place: Place | undefined): Effect[] {
    this.#isOpen = true;
    this.#opened = place;
    return [];
  }

  /** COMMIT, ROLLBACK and their like; `chained` opens the next one at once. */
  end(place: Place | undefined, chained = false): Effect[] {
    const wasOpen = this.#isOpen;
    this.#isOpen = chained;
    this.#opened = place;
    return wasOpen ? [] : [effect('it ends a transaction that was opened elsewhere', place)];
  }

  /** SAVEPOINT, RELEASE and ROLLBACK TO. */
  inside(place: Place | undefined): Effect[] {
    return this.#isOpen ? [] : [effect('it sets or takes back a savepoint of a transaction opened elsewhere', place)];
  }

  /** What is left at the end of the text. */
  close(): Effect[] {
    return this.#isOpen ? [effect('it leaves a transaction open', this.#opened)] : [];
  }
}

function effect(says: string, place: Place | undefined): Effect {
  return { operation: 'write', confidence: 'medium', says, ...(place ? { at: place } : {}) };
}
