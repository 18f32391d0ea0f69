import type { ActionList, ActionStatus, ActionView, GuardAnswer, OutcomeReport } from '@gatehouse/sdk/contract';
import { isFinal } from '@gatehouse/sdk/contract';
import { toActionView, toGuardAnswer } from '../../decide/answer.ts';
import { claimPermit, type ClaimResult } from '../../decide/claim.ts';
import { GateProblem } from '../../decide/problem.ts';
import { readAction, recordEvents, type ActionRow } from '../../store/actions.ts';
import { readTimeline } from '../../store/events.ts';
import { listActions } from '../../store/lists.ts';
import type { Caller, ListOptions, WaitOptions } from '../gateway.ts';
import { isPermitted, permit, permitAction } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';
import { noticesOfAction } from './notices.ts';
import { filterFor, pageOf } from './page.ts';
import { tellClaimed, tellNothing } from './tell-claimed.ts';
import { readUntil } from './wait.ts';

/** The action that the caller may see. An agent sees its own alone: another's is `not_found` to it. */
export async function visibleAction(deps: GatewayDeps, caller: Caller, actionId: string): Promise<ActionRow> {
  const action = await readAction(deps.store, actionId);
  if (action === undefined || (!isPermitted(caller, 'action.read.any') && action.agent !== caller.principal)) {
    throw new GateProblem('not_found', `There is no action ${actionId} that this key can see.`, { actionId });
  }
  return action;
}

/** The action with its timeline, after waiting while it goes on. */
export async function action(
  deps: GatewayDeps,
  caller: Caller,
  actionId: string,
  wait: WaitOptions,
): Promise<ActionView> {
  // What waits for its window is watched for the moment at which it may run.
  const first = wait.waitSeconds > 0 ? await visibleAction(deps, caller, actionId) : undefined;
  const found = await readUntil(
    deps.store,
    actionId,
    wait,
    () => visibleAction(deps, caller, actionId),
    (row) => isFinal(row.status) || (first?.status === 'scheduled' && row.status !== 'scheduled'),
  );
  const notices = await noticesOfAction(deps.store, caller, actionId);
  return {
    ...toActionView(found),
    timeline: await readTimeline(deps.store.db, actionId),
    ...(notices === undefined ? {} : { notices }),
  };
}

export async function actions(
  deps: GatewayDeps,
  caller: Caller,
  options: ListOptions<ActionStatus>,
): Promise<ActionList> {
  const rows = await listActions(deps.store, filterFor(caller, options));
  const { page, nextCursor } = pageOf(rows, options.limit, (row) => row);
  return { actions: page.map((row) => toActionView(row)), nextCursor };
}

/** Claims the permit of an action that was approved or decided before. */
export async function claim(
  deps: GatewayDeps,
  caller: Caller,
  actionId: string,
  claimId: string,
): Promise<GuardAnswer> {
  const found = await visibleAction(deps, caller, actionId);
  ownOnly(caller, found, 'claim');
  permit(caller, 'action.ask', { actionId });
  permitAction(caller, found, { actionId });
  const result = await claimPermit(deps, actionId, claimId);
  if (result?.granted !== true) throw await refusedClaim(deps, actionId, result);
  tellClaimed(deps, found, result);
  return toGuardAnswer(result.action, { requestId: result.action.request_id, claimId });
}

/** Turns a claim that was not granted into its problem, and has the workflow look again where the policy changed. */
export async function refusedClaim(
  deps: GatewayDeps,
  actionId: string,
  result: Extract<ClaimResult, { granted: false }> | null,
): Promise<GateProblem> {
  if (result === null) return new GateProblem('not_found', `There is no action ${actionId}.`, { actionId });
  const facts = { actionId, actionStatus: result.action.status };
  if (result.why === 'policy_changed') {
    await deps.temporal.reconsider(actionId);
    return new GateProblem('policy_changed', result.says, facts);
  }
  if (result.why === 'stopped') return new GateProblem('stopped', result.says, facts);
  if (result.why === 'claimed') return new GateProblem('already_claimed', result.says, facts);
  const code = isFinal(result.action.status) ? 'already_settled' : 'not_permitted';
  return new GateProblem(code, result.says, facts);
}

/** Takes the report of the one who holds the claim. Durable when it returns; the workflow then settles the action. */
export async function report(
  deps: GatewayDeps,
  caller: Caller,
  actionId: string,
  given: OutcomeReport,
): Promise<ActionView> {
  const found = await visibleAction(deps, caller, actionId);
  ownOnly(caller, found, 'report');
  permit(caller, 'action.ask', { actionId });
  const { claimId, status, error = null } = given;
  if (found.claim_id === claimId && found.status === status) return toActionView(found, claimId);
  if (found.claim_id !== claimId || found.mode !== 'permit') {
    await refused(deps, caller, actionId, { what: 'outcome', code: 'wrong_claim', claimId });
    const detail =
      'Only the caller that holds the permit reports its outcome. Use the claimId under which it was granted.';
    throw new GateProblem('wrong_claim', detail, { actionId, actionStatus: found.status });
  }
  if (isFinal(found.status)) {
    await refused(deps, caller, actionId, { what: 'late outcome', code: 'already_settled', claimId, status });
    throw new GateProblem(
      'already_settled',
      `The action is ${found.status}; the report came too late and is on record.`,
      {
        actionId,
        actionStatus: found.status,
      },
    );
  }
  const result = given.result === undefined ? null : JSON.stringify(given.result);
  tellNothing(actionId);
  await deps.temporal.report(actionId, { claimId, status, result, error });
  return toActionView((await readAction(deps.store, actionId)) ?? found, claimId);
}

/** Withdraws an action that has not run: by the agent that asked, or an admin. */
export async function cancel(
  deps: GatewayDeps,
  caller: Caller,
  actionId: string,
  reason?: string,
): Promise<ActionView> {
  const found = await visibleAction(deps, caller, actionId);
  permit(caller, found.agent === caller.principal ? 'action.ask' : 'action.cancel.any', { actionId });
  if (found.status === 'cancelled') return action(deps, caller, actionId, NO_WAIT);
  if (!isFinal(found.status)) {
    const by = `${caller.role}:${caller.principal}`;
    const { cancelled } = await deps.temporal.cancel(actionId, { by, reason: reason ?? null });
    if (cancelled) return action(deps, caller, actionId, NO_WAIT);
  }
  const now = (await readAction(deps.store, actionId)) ?? found;
  const says =
    now.status === 'claimed'
      ? 'The action is already being run, so it cannot be cancelled.'
      : `The action is already ${now.status}.`;
  throw new GateProblem('already_settled', says, { actionId, actionStatus: now.status });
}

export const NO_WAIT: WaitOptions = { waitSeconds: 0, signal: new AbortController().signal };

/** Puts an attempt on record that was refused. */
export async function refused(
  deps: GatewayDeps,
  caller: Caller,
  actionId: string,
  data: Record<string, string>,
): Promise<void> {
  const at = deps.now();
  await recordEvents(deps.store, actionId, [
    {
      kind: 'refused_attempt',
      key: `${data['what'] ?? ''}:${caller.principal}:${data['claimId'] ?? ''}:${String(at)}`,
      actor: `${caller.role}:${caller.principal}`,
      at,
      data,
    },
  ]);
}

function ownOnly(caller: Caller, found: ActionRow, what: string): void {
  if (caller.principal === found.agent) return;
  const detail = `Only ${found.agent}, which asked for this action, can ${what} it.`;
  throw new GateProblem('forbidden', detail, { actionId: found.id });
}
