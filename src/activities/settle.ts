import type { DecideDeps } from '../decide/deps.ts';
import { executorOf } from '../decide/executor-claim.ts';
import { readStanding } from '../decide/standing.ts';
import { moveAction, recordEvents } from '../store/actions.ts';
import type { ActionRequest, Standing } from '../workflows/messages.ts';

export interface SettleInput {
  request: ActionRequest;
  claimId: string;
  status: 'succeeded' | 'failed' | 'unknown';
  /** JSON text, or null when there is none to put on record. */
  result: string | null;
  error: string | null;
  at: number;
}

/**
 * Records how a run ended. Only the holder of the claim can end it: a report under another claim changes nothing and is
 * itself put on record (F05).
 */
export async function settle(deps: DecideDeps, input: SettleInput): Promise<Standing> {
  const { request, claimId, status, result, error, at } = input;
  const actor = claimId.startsWith('executor:') ? executorOf(claimId) : `agent:${request.agent}`;
  const moved = await moveAction(deps.store, {
    actionId: request.actionId,
    from: ['claimed'],
    claimId,
    set: { status, settled_at: at, settle_reason: error, result_json: result, error },
    events: [{ kind: status, key: 'end', actor, at, data: { claimId, error, hasResult: result !== null } }],
  });
  const standing = await readStanding(deps.store, request.actionId);
  if (!moved && (standing.status === 'claimed' || standing.status === 'permitted')) {
    await refuseReport(deps, { actionId: request.actionId, claimId, at });
  }
  return standing;
}

/** Puts on record that an outcome was reported by somebody who does not hold the permit. */
export async function refuseReport(
  deps: DecideDeps,
  input: { actionId: string; claimId: string; at: number },
): Promise<void> {
  const { actionId, claimId, at } = input;
  const data = { what: 'outcome', code: 'wrong_claim', claimId };
  await recordEvents(deps.store, actionId, [
    { kind: 'refused_attempt', key: `report:${claimId}`, actor: 'unverified', at, data },
  ]);
}
