import type {
  AgentAnswerInput,
  AgentAnswerResult,
  OutcomeInput,
  ReviewAnswer,
  ReviewInput,
  SignalledVerdict,
  Standing,
} from './messages.ts';

/** A verdict that came in, by either door, and has not been weighed yet. */
export type IncomingVerdict =
  | { via: 'update'; review: ReviewInput; answer: (answer: ReviewAnswer) => void }
  | {
      via: 'signal';
      verdictId: string;
      verdict: 'approve' | 'reject';
      payload: SignalledVerdict;
      /** The question that was asked last when it came; null while there had been none. */
      approvalId: string | null;
    };

/** A wish to withdraw the action. It is answered with where the action stands then. */
export interface IncomingCancel {
  by: string;
  reason: string | null;
  answer: (standing: Standing) => void;
}

/** What the agent says to a reviewer's question. */
export interface IncomingAnswer {
  given: AgentAnswerInput;
  answer: (result: AgentAnswerResult) => void;
}

/**
 * What has arrived for an action and waits to be dealt with, in the order of history. A message that comes before the
 * workflow waits for it (F01) lies here until it does.
 */
export interface Desk {
  verdicts: IncomingVerdict[];
  cancels: IncomingCancel[];
  answers: IncomingAnswer[];
  reports: OutcomeInput[];
  reconsider: boolean;
  /** The question that was put to people last. */
  asked: string | null;
  /** What has left the desk and is not on record yet. The workflow does not end before it is. */
  inHand: number;
  /** All verdicts so far, also those dealt with. */
  verdictCount: number;
}

export function emptyDesk(): Desk {
  return {
    ...{ verdicts: [], cancels: [], answers: [], reports: [] },
    ...{ reconsider: false, asked: null, inHand: 0, verdictCount: 0 },
  };
}

/**
 * Notes which question people are asked now. A signal names none: it is for the one that was open when it came, and what
 * came before any (F01) is for the first. So a signal that is delivered twice never answers the next question (F02).
 */
export function noteQuestion(desk: Desk, approvalId: string): void {
  if (desk.asked === null) {
    for (const verdict of desk.verdicts) if (verdict.via === 'signal') verdict.approvalId = approvalId;
  }
  desk.asked = approvalId;
}
