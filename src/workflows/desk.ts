import type { OutcomeInput, ReviewAnswer, ReviewInput, SignalledVerdict, Standing } from './messages.ts';

/** A verdict that came in, by either door, and has not been weighed yet. */
export type IncomingVerdict =
  | { via: 'update'; review: ReviewInput; answer: (answer: ReviewAnswer) => void }
  | { via: 'signal'; verdictId: string; verdict: 'approve' | 'reject'; payload: SignalledVerdict };

/** A wish to withdraw the action. It is answered with where the action stands then. */
export interface IncomingCancel {
  by: string;
  reason: string | null;
  answer: (standing: Standing) => void;
}

/**
 * What has arrived for an action and waits to be dealt with, in the order of history. A message that comes before the
 * workflow waits for it (F01) lies here until it does.
 */
export interface Desk {
  verdicts: IncomingVerdict[];
  cancels: IncomingCancel[];
  reports: OutcomeInput[];
  reconsider: boolean;
  /** What has left the desk and is not on record yet. The workflow does not end before it is. */
  inHand: number;
  /** All verdicts so far, also those dealt with. */
  verdictCount: number;
}

export function emptyDesk(): Desk {
  return { verdicts: [], cancels: [], reports: [], reconsider: false, inHand: 0, verdictCount: 0 };
}
