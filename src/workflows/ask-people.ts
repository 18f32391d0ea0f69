import { condition, patched, setCurrentDetails } from '@temporalio/workflow';
import { hearAnswer } from './agent-answers.ts';
import { answerRepeat, answerRound, type WeighedVerdict } from './approval.ts';
import { nextEscalation, nextReminder, nextRing, startClocks } from './clocks.ts';
import { describeQuestion, describeStanding } from './describe.ts';
import { noteQuestion, type Desk, type IncomingVerdict } from './desk.ts';
import { questionOf } from './earlier.ts';
import type { ActionRequest, Standing } from './messages.ts';
import { previewBeside } from './preview.ts';
import { cancelRound, escalateRound, expireRound, openRound, type ApprovalRound } from './round.ts';
import { steps } from './steps.ts';
import { proofOf, refuse, verdictIdOf, weigh } from './weigh.ts';

/** A round that no verdict has ended. */
const NOBODY = { verdictId: null, proof: null };

/**
 * Asks people and waits on durable timers until what they say is enough, the time is over, or the question is withdrawn.
 * An approval is judged again by the policy in force before anything may run.
 */
export async function askPeople(request: ActionRequest, desk: Desk, standing: Standing): Promise<Standing> {
  const question = questionOf(request, standing);
  // Thrown and not returned, which would ask forever: the task is tried again, and goes on once the record has the question.
  if (question === null) throw new Error(`Action ${request.actionId} is held on record, and has no question there`);
  noteQuestion(desk, question.approvalId);
  let round = openRound(question, request.agent, Date.now());
  // An editor's own approval can be all that the edited action needs.
  if (round.status !== 'pending') return steps.concludeApproval({ request, round, ...NOBODY, reviewer: null });
  const clocks = await startClocks(round, question.expiresInSeconds);
  const preview = previewBeside(request, standing.edited ?? null, question.approvalId);
  const heard = new Set<string>();
  for (let reminders = 0; ;) {
    setCurrentDetails(describeQuestion(request, standing, round, clocks.expires));
    await somethingOnTheDesk(desk, nextRing(clocks));
    // A verdict that history has before the end of the time counts, also when both wake the workflow together (F16).
    const incoming = desk.verdicts.shift();
    if (incoming !== undefined) {
      const weighed = await weigh(request, incoming);
      const given = answerRound(round, weighed, Date.now());
      if (!given.answer.accepted) {
        await refuse(request, incoming, weighed, given.answer);
        continue;
      }
      const verdictId = verdictIdOf(incoming);
      // Whoever reads a history can send what stands there; histories from before this was heeded go on as they did.
      if (heard.has(verdictId) && given.round !== round && patched('verdict-counts-once')) {
        await refuse(request, incoming, weighed, answerRepeat(round));
        continue;
      }
      heard.add(verdictId);
      const next = await take(given.round, weighed, incoming);
      if (incoming.via === 'update') incoming.answer(given.answer);
      if (next !== null) return next;
      continue;
    }
    const answer = desk.answers.shift();
    if (answer !== undefined) {
      round = await hearAnswer(request, round, answer);
      continue;
    }
    const cancel = desk.cancels.shift();
    if (cancel !== undefined) {
      const next = await end(cancelRound(round, cancel.by, cancel.reason, Date.now()), null, null);
      cancel.answer(next);
      return next;
    }
    if (isToldToLook(desk)) {
      const next = await elsewhere();
      if (next !== null) return next;
      continue;
    }
    const now = Math.max(Date.now(), nextRing(clocks));
    if (now >= clocks.expires) return end(expireRound(round, Date.now()), null, null);
    if (now >= clocks.reminds) {
      reminders += 1;
      await steps.recordRound({ request, round, entry: { kind: 'reminded', count: reminders, at: Date.now() } });
      clocks.reminds = await nextReminder(round, Date.now());
    } else {
      round = escalateRound(round);
      await steps.recordRound({ request, round, entry: { kind: 'escalated', at: Date.now() } });
      clocks.escalates = await nextEscalation(round);
    }
  }

  /** Puts a verdict that counts on record; the standing after it where it ended the round, or null. */
  async function take(
    next: ApprovalRound,
    weighed: WeighedVerdict,
    incoming: IncomingVerdict,
  ): Promise<Standing | null> {
    if (next.status !== 'pending') return end(next, incoming, weighed);
    const { stage } = round;
    if (next !== round) {
      const { verdict, reviewer, comment, detail, unsigned } = weighed;
      const named = { kind: 'verdict', verdictId: verdictIdOf(incoming), proof: proofOf(incoming) } as const;
      const said = { ...named, verdict, reviewer, comment, detail, unsigned };
      await steps.recordRound({ request, round: next, entry: { ...said, at: Date.now() } });
    }
    round = next;
    if (next.stage !== stage) clocks.escalates = await nextEscalation(next);
    return null;
  }

  /**
   * Where the action stands if the record has moved it on: a task of this workflow that was lost, with the verdict that it
   * dealt with, can have committed its step before. Null while the question is open.
   */
  async function elsewhere(): Promise<Standing | null> {
    desk.reconsider = false;
    const now = await steps.reconsider({ request, at: Date.now() });
    if (now.status === 'held' && now.approval?.approvalId === round.approvalId) {
      if (patched('look-at-the-round')) await takeOver();
      return null;
    }
    preview.stop();
    setCurrentDetails(describeStanding(now, round));
    return now;
  }

  /** Such a task can also have put down a word that did not end the question. */
  async function takeOver(): Promise<void> {
    const recorded = await steps.readRound({ actionId: request.actionId });
    if (recorded === null) return;
    round = { ...recorded, terms: round.terms };
    clocks.escalates = await nextEscalation(round);
  }

  async function end(
    ended: ApprovalRound,
    incoming: IncomingVerdict | null,
    weighed: WeighedVerdict | null,
  ): Promise<Standing> {
    preview.stop();
    const by = incoming === null ? NOBODY : { verdictId: verdictIdOf(incoming), proof: proofOf(incoming) };
    const reviewer = weighed?.reviewer ?? null;
    const next = await steps.concludeApproval({ request, round: ended, ...by, reviewer });
    setCurrentDetails(describeStanding(next, ended));
    return next;
  }
}

/** Returns when something has come for the question, or when the next of its clocks rings. */
async function somethingOnTheDesk(desk: Desk, until: number): Promise<void> {
  const some = () => desk.verdicts.length + desk.answers.length + desk.cancels.length > 0 || isToldToLook(desk);
  const remaining = until - Date.now();
  if (some() || remaining <= 0) return;
  if (until === Infinity) await condition(some);
  else await condition(some, remaining);
}

/** Somebody says that the record is ahead. Histories from before this was heeded go on as they did. */
function isToldToLook(desk: Desk): boolean {
  return desk.reconsider && patched('look-while-held');
}
