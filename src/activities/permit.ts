import type { ActionStatus } from '@gatehouse/sdk/contract';
import { digestsOfJson } from '../audit/judgement-digests.ts';
import { judgeAgain } from '../decide/again.ts';
import { isPermittedByCurrent, judgementBehind } from '../decide/claim.ts';
import type { DecideDeps } from '../decide/deps.ts';
import { executorOf } from '../decide/executor-claim.ts';
import { openApproval } from '../decide/open-approval.ts';
import { readStanding } from '../decide/standing.ts';
import { endIfStopped, underStops } from '../decide/stopped.ts';
import { moveAction, readAction } from '../store/actions.ts';
import { readApprovalAlone } from '../store/lists.ts';
import type { StopsNow } from '../store/stops-in-force.ts';
import type { ActionRequest, Standing } from '../workflows/messages.ts';

/** Withdraws what may run and that nobody has claimed. What is claimed stays: its effect may be under way. */
export async function cancelPermit(
  deps: DecideDeps,
  input: { request: ActionRequest; by: string; reason: string | null; at: number },
): Promise<Standing> {
  const reason = input.reason ?? `cancelled by ${input.by}`;
  await end(deps, input.request.actionId, ['permitted', 'scheduled'], 'cancelled', {
    reason,
    actor: input.by,
    at: input.at,
  });
  return readStanding(deps.store, input.request.actionId);
}

/**
 * The time for a claim, or for a report, is over. An unclaimed permit lapses. A claim that the workflow had not heard of
 * gets its lease from now on; one that it knew of ends as `unknown`. No clock of another machine is asked.
 */
export async function endOfPatience(
  deps: DecideDeps,
  input: { request: ActionRequest; sawClaim: boolean; at: number },
): Promise<Standing> {
  const { actionId } = input.request;
  if (input.sawClaim) {
    const reason = 'No outcome was reported within the lease; whether the effect happened is not known';
    await end(deps, actionId, ['claimed'], 'unknown', { reason, actor: 'workflow', at: input.at });
  } else {
    const reason = 'Nobody claimed the permit in time; nothing ran under it';
    await end(deps, actionId, ['permitted'], 'lapsed', { reason, actor: 'workflow', at: input.at });
  }
  return readStanding(deps.store, actionId);
}

/** A claim met another policy than the one that gave the permit: the action stays permitted, is blocked, or is asked about anew. */
export async function reconsider(deps: DecideDeps, input: { request: ActionRequest; at: number }): Promise<Standing> {
  return underStops(deps.store, (stops) => reconsiderUnder(deps, stops, input));
}

async function reconsiderUnder(
  deps: DecideDeps,
  stops: StopsNow,
  input: { request: ActionRequest; at: number },
): Promise<Standing> {
  const { at } = input;
  const { actionId } = input.request;
  const action = await readAction(deps.store, actionId);
  const isStopped = action !== undefined && (await endIfStopped(deps.store, stops, action, at)) !== undefined;
  if (isStopped) return readStanding(deps.store, actionId);
  if (action?.status === 'permitted' && !isPermittedByCurrent(deps, action)) {
    const { says, judgement } = await judgeAgain(deps, action, await judgementBehind(deps, action));
    const { reason, policyDigest } = judgement;
    if (says === 'blocked') {
      await end(deps, actionId, ['permitted'], 'blocked', { reason, actor: 'workflow', at });
    } else if (says === 'ask') {
      const last = action.approval_id === null ? undefined : await readApprovalAlone(deps.store, action.approval_id);
      const opens = openApproval(action, judgement, (last?.round ?? 0) + 1, at);
      const asked = { approvalId: opens.id, round: opens.round, reason, policyDigest };
      const data = { ...asked, ...digestsOfJson(opens.judgement_json) };
      await moveAction(deps.store, {
        actionId,
        from: ['permitted'],
        set: { status: 'held', approval_id: opens.id, permit_until: null, permit_policy: null, opens_at: null },
        judgedUnder: stops.version,
        opens,
        events: [{ kind: 'held', key: `held:${String(opens.round)}`, actor: 'workflow', at, data }],
      });
    }
  }
  return readStanding(deps.store, actionId);
}

/** The workflow itself claims the permit for an executor, after a last look at the policy in force. */
export async function beginExecution(
  deps: DecideDeps,
  input: { request: ActionRequest; claimId: string; at: number },
): Promise<Standing> {
  const { request, claimId, at } = input;
  return underStops(deps.store, async (stops) => {
    const standing = await reconsiderUnder(deps, stops, { request, at });
    if (standing.status !== 'permitted') return standing;
    await moveAction(deps.store, {
      actionId: request.actionId,
      from: ['permitted'],
      set: { status: 'claimed', claim_id: claimId, claimed_at: at },
      judgedUnder: stops.version,
      events: [{ kind: 'claimed', key: 'claimed', actor: executorOf(claimId), at, data: { claimId } }],
    });
    return readStanding(deps.store, request.actionId);
  });
}

async function end(
  deps: DecideDeps,
  actionId: string,
  from: readonly ActionStatus[],
  to: 'cancelled' | 'lapsed' | 'unknown' | 'blocked',
  why: { reason: string; actor: string; at: number },
): Promise<void> {
  await moveAction(deps.store, {
    actionId,
    from,
    set: { status: to, settled_at: why.at, settle_reason: why.reason },
    events: [{ kind: to, key: 'end', actor: why.actor, at: why.at, data: { reason: why.reason } }],
  });
}
