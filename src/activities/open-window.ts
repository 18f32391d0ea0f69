import { judgeAgain } from '../decide/again.ts';
import { judgementBehind } from '../decide/claim.ts';
import type { DecideDeps } from '../decide/deps.ts';
import { GateProblem } from '../decide/problem.ts';
import { readStanding } from '../decide/standing.ts';
import { endIfStopped, underStops } from '../decide/stopped.ts';
import { moveAction, readAction } from '../store/actions.ts';
import { readApproval } from '../store/lists.ts';
import type { StopsNow } from '../store/stops-in-force.ts';
import type { ActionRequest, Standing } from '../workflows/messages.ts';
import { askAgain, blocked, permit } from './after-approval.ts';

/**
 * The window opens in which an approved action may run. Time has passed since people approved it: the policy in force is
 * asked once more, and so are its budgets. Where the window turns out to be closed the action waits on.
 */
export async function openWindow(deps: DecideDeps, input: { request: ActionRequest; at: number }): Promise<Standing> {
  return underStops(deps.store, (stops) => openUnder(deps, stops, input));
}

async function openUnder(
  deps: DecideDeps,
  stops: StopsNow,
  input: { request: ActionRequest; at: number },
): Promise<Standing> {
  const { request, at } = input;
  const { actionId } = request;
  const standing = await readStanding(deps.store, actionId, at);
  if (standing.status !== 'scheduled') return standing;
  const found = await readLastApproval(deps, actionId);
  if (await endIfStopped(deps.store, stops, found.action, at)) return readStanding(deps.store, actionId, at);
  const { says, judgement } = await judgeAgain(deps, found.action, await judgementBehind(deps, found.action));
  const { reason, outcome, policyDigest } = judgement;
  const seen = { ...found, request, judgement, at };
  const next =
    says === 'blocked' ? blocked(reason, at, { policyDigest }) : says === 'ask' ? askAgain(seen) : permit(seen);
  const key = `rechecked:${found.approval.id}:${String(found.action.opens_at)}`;
  const data = { says, outcome, reason, policyDigest };
  await moveAction(deps.store, {
    actionId,
    from: ['scheduled'],
    set: next.set,
    judgedUnder: stops.version,
    ...(next.opens === undefined ? {} : { opens: next.opens }),
    events: [{ kind: 'rechecked', key, actor: 'workflow', at, data }, ...next.events],
  });
  return readStanding(deps.store, actionId, at);
}

async function readLastApproval(deps: DecideDeps, actionId: string) {
  const action = await readAction(deps.store, actionId);
  const found = action?.approval_id == null ? undefined : await readApproval(deps.store, action.approval_id);
  if (found === undefined) throw new GateProblem('not_found', `Nobody approved ${actionId}, as far as is on record`);
  return found;
}
