import type { WeeklyWindow } from '@gatehouse/sdk/contract';
import type { ApprovalRound } from './round.ts';
import { steps } from './steps.ts';

/** What the clocks of an open question are set to, in milliseconds since the epoch; Infinity where one never rings. */
export interface Clocks {
  expires: number;
  reminds: number;
  escalates: number;
}

/** Sets the clocks of a question that has just been opened. */
export async function startClocks(round: ApprovalRound, expiresInSeconds: number | null): Promise<Clocks> {
  const now = Date.now();
  return {
    // Its hours are in it already: it is the time that the question itself was opened for.
    expires: expiresInSeconds === null ? Infinity : now + expiresInSeconds * 1000,
    reminds: await nextReminder(round, now),
    escalates: await nextEscalation(round),
  };
}

/** The clock that rings first. */
export function nextRing({ expires, reminds, escalates }: Clocks): number {
  return Math.min(expires, reminds, escalates);
}

/** When people are reminded after `now`. */
export async function nextReminder({ terms }: ApprovalRound, now: number): Promise<number> {
  return after(terms.hours, now, terms.remindEverySeconds);
}

/** When the next step of the ladder of the part that is open is taken. */
export async function nextEscalation({ terms, stage, stageSince, escalations }: ApprovalRound): Promise<number> {
  const step = terms.stages[stage]?.escalation[escalations];
  return after(terms.hours, stageSince, step?.afterSeconds ?? null);
}

/** Time zones are not for workflow code: where the clock has hours a step computes them. */
async function after(hours: WeeklyWindow | null, from: number, seconds: number | null): Promise<number> {
  if (seconds === null) return Infinity;
  return hours === null ? from + seconds * 1000 : steps.openTimeAfter({ hours, from, seconds });
}
