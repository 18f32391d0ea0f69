import type { Judgement } from '@gatehouse/sdk/contract';
import { readyFor } from '../classify/index.ts';
import type { ActionRow } from '../store/actions.ts';
import type { DecideDeps } from './deps.ts';
import type { EditOfQuestion } from './edited.ts';
import { judge, weigh } from './judge.ts';
import { judgedAction } from './recorded.ts';
import { weighAnew } from './reserve.ts';
import { toolStatus } from './tool-status.ts';

/**
 * Judges an action with the arguments that a reviewer put in place of the agent's, as the new action that it is: by all
 * of the policy in force, and with nothing that was reserved for the one before (F07).
 */
export async function judgeEdited(deps: DecideDeps, action: ActionRow, edit: EditOfQuestion): Promise<Judgement> {
  const judged = { ...judgedAction(action), context: edit.arguments };
  await readyFor(judged);
  const inForce = deps.policies.current();
  const now = deps.now();
  const tool = judged.tool === undefined ? null : await toolStatus(deps.store, judged);
  const first = weigh(judged, inForce, { now, tool });
  const subject = { actionId: action.id, action: judged, now, asked: action.requested_at };
  if (first.lookedBack.length === 0 && action.reserved === 0) return first.judgement;
  return weighAnew(deps, subject, first.lookedBack, (past) => judge(judged, inForce, { now, tool, past }));
}
