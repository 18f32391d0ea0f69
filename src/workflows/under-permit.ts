import { condition } from '@temporalio/workflow';
import type { Desk } from './desk.ts';
import type { ActionRequest, Standing } from './messages.ts';
import { steps } from './steps.ts';

/**
 * The agent runs the action itself. Waits for the claim, then for its report; a permit that nobody claims lapses, and a
 * claim that nobody reports on ends as `unknown` when its lease is over (F28). The time is one and fixed: messages that
 * change nothing do not lengthen it.
 */
export async function underPermit(request: ActionRequest, desk: Desk, standing: Standing): Promise<Standing> {
  const deadline = Date.now() + (standing.waitSeconds ?? request.permitSeconds) * 1000;
  const some = () => desk.reports.length > 0 || desk.cancels.length > 0 || desk.reconsider;
  for (;;) {
    const remaining = deadline - Date.now();
    const woken = some() || (remaining > 0 && (await condition(some, remaining)));
    if (!woken) return steps.endOfPatience({ request, sawClaim: standing.status === 'claimed', at: Date.now() });
    const next = await takeOne(request, desk);
    if (next.status !== standing.status) return next;
  }
}

/** Deals with one thing on the desk: a report first, since it tells of an effect. */
async function takeOne(request: ActionRequest, desk: Desk): Promise<Standing> {
  const report = desk.reports.shift();
  if (report !== undefined) return steps.settle({ request, ...report, at: Date.now() });

  const cancel = desk.cancels.shift();
  if (cancel !== undefined) {
    const next = await steps.cancelPermit({ request, by: cancel.by, reason: cancel.reason, at: Date.now() });
    cancel.answer(next);
    return next;
  }
  desk.reconsider = false;
  return steps.reconsider({ request, at: Date.now() });
}
