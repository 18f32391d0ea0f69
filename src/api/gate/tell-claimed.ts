import { readAction, type ActionRow } from '../../store/actions.ts';
import type { ClaimResult } from '../../decide/claim.ts';
import type { GatewayDeps } from './deps.ts';

/** A callback that reports sooner has told its workflow all of it by that, and saves it a task of its own. */
const TOLD_AFTER_MS = 1_000;

/** Of this process, by action. Those of a process that dies are told by whoever finds their lease over. */
const untold = new Map<string, NodeJS.Timeout>();

/**
 * Has the workflow look at the record when an approved action was claimed and is still being run a second later: its permit
 * may be out for days, and the lease of a claim counts from when the workflow knows of it (F28). The claim holds whether or
 * not this arrives; claims that no workflow has heard of are told again when their lease is over.
 */
export function tellClaimed(deps: GatewayDeps, before: ActionRow, claim: ClaimResult): void {
  if (!claim.granted || before.status !== 'permitted' || before.approval_id === null) return;
  const { id } = before;
  tellNothing(id);
  untold.set(
    id,
    setTimeout(() => {
      untold.delete(id);
      tellIfStillClaimed(deps, id).catch(() => undefined);
    }, TOLD_AFTER_MS).unref(),
  );
}

/** The report of a claim is about to tell more: a look at the record would only be in its way. */
export function tellNothing(actionId: string): void {
  clearTimeout(untold.get(actionId));
  untold.delete(actionId);
}

async function tellIfStillClaimed(deps: GatewayDeps, actionId: string): Promise<void> {
  if ((await readAction(deps.store, actionId))?.status === 'claimed') await deps.temporal.reconsider(actionId);
}
