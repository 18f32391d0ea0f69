/** What was found in a text that leaves. */
export type LeakKind = 'secret' | 'private_key' | 'card' | 'iban' | 'national_id' | 'emails' | 'phones';

/** One find. The value itself is nowhere in it: `masked` shows at most four characters of either end. */
export interface ContentFinding {
  kind: LeakKind;
  /** In words, e.g. `GitHub token` or `social security number (US)`. */
  name: string;
  /** The argument, e.g. `context.body`. */
  part: string;
  /** Where in that argument, in UTF-16 units. */
  at: { start: number; end: number };
  masked: string;
}

/** A find in the joined text, before it is led back to its argument. */
export interface RawFind {
  kind: LeakKind;
  name: string;
  start: number;
  end: number;
  /** For lists: shown instead of a masked value. */
  shown?: string;
}

/** The two ends of a value: two characters each, four of long ones, and nothing of what is shorter than eight. */
export function mask(value: string): string {
  const kept = value.length >= 24 ? 4 : value.length >= 8 ? 2 : 0;
  return kept === 0 ? '…' : `${value.slice(0, kept)}…${value.slice(-kept)}`;
}
