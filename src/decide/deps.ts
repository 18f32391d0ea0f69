import type { PolicyInForce } from './judge.ts';
import type { Store } from '../store/open.ts';

/** What a step needs of the process that it runs in. */
export interface DecideDeps {
  store: Store;
  policies: { current(): PolicyInForce };
  /** Milliseconds since the epoch. Times are for people; no step compares the clocks of two machines. */
  now: () => number;
}
