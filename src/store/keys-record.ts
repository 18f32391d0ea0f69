/** Under this name the record keeps what happens to keys and their holders; actions have ids of their own. */
export const KEYS_RECORD = 'keys';

/** Who changes something there, and when, in milliseconds since the epoch. */
export interface Change {
  /** `admin:…` for a caller of the API, `operator:…` for somebody at the command line. */
  actor: string;
  at: number;
}
