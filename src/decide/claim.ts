import type { Judgement } from '@gatehouse/sdk/contract';
import { moveAction, readAction, type ActionRow } from '../store/actions.ts';
import { readApprovalAlone } from '../store/lists.ts';
import { readStopOf } from '../store/stopped-actions.ts';
import type { StopsNow } from '../store/stops-in-force.ts';
import { judgeAgain } from './again.ts';
import type { DecideDeps } from './deps.ts';
import { editOfAction } from './edited.ts';
import { endIfStopped, sayStop, underStops } from './stopped.ts';
import { readJudgement } from './stored-judgement.ts';

/** What became of a claim. Only `granted` gives the right to run. */
export type ClaimResult =
  | { granted: true; action: ActionRow }
  | {
      granted: false;
      action: ActionRow;
      why: 'claimed' | 'not_permitted' | 'policy_changed' | 'stopped';
      says: string;
    };

/**
 * Claims the permit of an action for one caller, by one conditional write. Repeating a claim that holds is harmless.
 *
 * INVARIANT: I3 one decision, at most one effect per claim. Of any number of callers, one holds the permit.
 * INVARIANT: I2 what was decided is what runs. Under another policy than the one that permitted it, it is judged again.
 */
export async function claimPermit(deps: DecideDeps, actionId: string, claimId: string): Promise<ClaimResult | null> {
  return underStops(deps.store, (stops) => claimUnder(deps, stops, actionId, claimId));
}

async function claimUnder(
  deps: DecideDeps,
  stops: StopsNow,
  actionId: string,
  claimId: string,
): Promise<ClaimResult | null> {
  const action = await readAction(deps.store, actionId);
  if (action === undefined) return null;
  if (action.status === 'claimed' && action.claim_id === claimId) return { granted: true, action };
  if (action.status === 'permitted' && (await endIfStopped(deps.store, stops, action, deps.now()))) {
    return refusal(deps, (await readAction(deps.store, actionId)) ?? action, deps.now());
  }
  if (obstacleOf(action, deps.now()) !== null) return refusal(deps, action, deps.now());

  if (!isPermittedByCurrent(deps, action)) {
    const { says, judgement } = await judgeAgain(deps, action, await judgementBehind(deps, action));
    if (says !== 'stands') return { granted: false, action, why: 'policy_changed', says: judgement.reason };
  }
  const at = deps.now();
  const moved = await moveAction(deps.store, {
    actionId,
    from: ['permitted'],
    set: { status: 'claimed', claim_id: claimId, claimed_at: at },
    judgedUnder: stops.version,
    events: [{ kind: 'claimed', key: 'claimed', actor: `agent:${action.agent}`, at, data: { claimId } }],
  });
  const now = (await readAction(deps.store, actionId)) ?? action;
  if (moved || (now.status === 'claimed' && now.claim_id === claimId)) return { granted: true, action: now };
  return refusal(deps, now, at);
}

/** Why there is no permit: what a stop has ended says so, and by whom. */
async function refusal(deps: DecideDeps, action: ActionRow, now: number): Promise<ClaimResult> {
  const stop = action.status === 'cancelled' ? await readStopOf(deps.store, action.id) : undefined;
  if (stop !== undefined) return { granted: false, action, why: 'stopped', says: `${sayStop(stop)}.` };
  return { granted: false, action, ...(obstacleOf(action, now) ?? NOT_PERMITTED) };
}

/** Whether the policy that gave the permit is the one in force: then nothing has to be judged again. */
export function isPermittedByCurrent(deps: DecideDeps, action: ActionRow): boolean {
  const policy = deps.policies.current();
  return policy.ok && policy.policy.digest === action.permit_policy;
}

/** The judgement under which the action may run: that of the approved question, or the decision itself. */
export async function judgementBehind(deps: DecideDeps, action: ActionRow): Promise<Judgement> {
  const approval = action.approval_id === null ? undefined : await readApprovalAlone(deps.store, action.approval_id);
  const edit = editOfAction(action);
  // An edit that no question was asked about since may run by what was judged of it, and not by what was asked before.
  if (edit !== null && approval?.action_digest !== action.run_digest) return edit.judgement;
  return readJudgement(approval?.judgement_json ?? action.judgement_json);
}

const NOT_PERMITTED = { why: 'not_permitted', says: 'There is no permit to claim.' } as const;

/**
 * Whether a permit has lapsed is for the workflow's timer to say: the clock here may not be the one that gave it. But a
 * permit whose workflow somebody terminated must not stay for ever, so far beyond its time it is none.
 */
const CLOCKS_APART_MS = 2 * 3_600_000;

function obstacleOf(
  action: ActionRow,
  now: number,
): Omit<Extract<ClaimResult, { granted: false }>, 'granted' | 'action'> | null {
  if (action.status === 'claimed') {
    return { why: 'claimed', says: 'Another caller holds the permit; wait for the outcome with GET on the action.' };
  }
  if (action.status !== 'permitted' || action.mode !== 'permit') {
    return {
      why: 'not_permitted',
      says: `The action is ${action.status}; there is no permit for the caller to claim.`,
    };
  }
  // A permit that its window bounds ends with it: then the clocks here had better agree.
  const slack = action.opens_at === null ? CLOCKS_APART_MS : 0;
  if (action.permit_until !== null && now > action.permit_until + slack) {
    return { why: 'not_permitted', says: 'The permit was never claimed in its time. Ask again with a new key.' };
  }
  return null;
}
