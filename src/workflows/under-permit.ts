import { condition } from '@temporalio/workflow';
import type { Desk } from './desk.ts';
import type { ActionRequest, Standing } from './messages.ts';
import { steps } from './steps.ts';

/**
 * The agent runs the action itself. Waits for the claim, then for its report; a permit that nobody claims lapses, and a
 * claim that nobody reports on ends as `unknown` when its lease is over (F28).
 */
export async function underPermit(request: ActionRequest, desk: Desk, standing: Standing): Promise<Standing> {
  const patience = standing.waitSeconds ?? request.permitSeconds;
  const woken = await condition(
    () => desk.reports.length > 0 || desk.cancels.length > 0 || desk.reconsider,
    Math.max(1, patience * 1000),
  );
  const report = desk.reports.shift();
  if (report !== undefined) return steps.settle({ request, ...report, at: Date.now() });

  const cancel = desk.cancels.shift();
  if (cancel !== undefined) {
    const next = await steps.cancelPermit({ request, by: cancel.by, reason: cancel.reason, at: Date.now() });
    cancel.answer(next);
    return next;
  }
  if (desk.reconsider) {
    desk.reconsider = false;
    return steps.reconsider({ request, at: Date.now() });
  }
  return woken ? standing : steps.endOfPatience({ request, sawClaim: standing.status === 'claimed', at: Date.now() });
}
