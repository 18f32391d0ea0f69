import { condition } from '@temporalio/workflow';
import type { Desk } from './desk.ts';
import type { ActionRequest, Standing } from './messages.ts';
import { steps } from './steps.ts';

/** What was approved waits for the window in which it may run. Then the policy in force is asked once more. */
export async function atItsTime(request: ActionRequest, desk: Desk, standing: Standing): Promise<Standing> {
  const opens = Date.now() + (standing.waitSeconds ?? 0) * 1000;
  for (;;) {
    const remaining = opens - Date.now();
    if (remaining > 0) await condition(() => desk.cancels.length > 0, remaining);
    const cancel = desk.cancels.shift();
    if (cancel === undefined) return steps.openWindow({ request, at: Date.now() });
    const next = await steps.cancelPermit({ request, by: cancel.by, reason: cancel.reason, at: Date.now() });
    cancel.answer(next);
    if (next.status !== 'scheduled') return next;
  }
}
