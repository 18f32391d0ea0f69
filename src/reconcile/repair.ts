import type { Client } from '@temporalio/client';
import type { Store } from '../store/open.ts';
import { reconsiderSignal } from '../workflows/messages.ts';
import type { Difference } from './difference.ts';
import { settleBrokenOff } from './break-off.ts';
import { fetchFacts } from './open-history.ts';
import { rebuild } from './rebuild.ts';
import { writeRebuilt } from './write-rebuilt.ts';

/** What became of a repair. */
export interface Repaired {
  actionId: string;
  kind: Difference['kind'];
  done: boolean;
  says: string;
}

export interface RepairDeps {
  store: Store;
  client: Client;
  /** Goes on record: who had it repaired. */
  actor: string;
  now: () => number;
}

/**
 * Repairs one difference where that is possible: from the history in Temporal, or by telling the workflow to look at the
 * record. It invents nothing and overwrites nothing that is settled; what a person has to look at stays as it is.
 */
export async function repair(deps: RepairDeps, found: Difference): Promise<Repaired> {
  const { actionId, kind, runId } = found;
  const result = (done: boolean, says: string): Repaired => ({ actionId, kind, done, says });
  if (found.repair === 'none') return result(false, 'A person has to look at it; nothing was changed');
  try {
    if (found.repair === 'tell') {
      await deps.client.workflow.getHandle(actionId).signal(reconsiderSignal);
      return result(true, 'The workflow was told to look at the record');
    }
    const facts = await fetchFacts(deps.client, actionId, runId ?? undefined);
    const at = deps.now();
    const how = { kind, runId: facts.runId, actor: deps.actor, at };
    if (kind === 'broken_off') {
      const became = await settleBrokenOff(deps.store, facts, how);
      return became === null
        ? result(false, 'The action is settled on record by now; nothing was changed')
        : result(true, `The action is ${became} on record, as its workflow was ended from outside`);
    }
    const rebuilt = await rebuild(deps.store, facts);
    if (rebuilt === null) return result(false, 'The history has no decision yet: a worker will make it, on record');
    const wrote = await writeRebuilt(deps.store, rebuilt, how);
    return wrote
      ? result(true, `Taken from ${String(facts.events)} events of the history; the action is ${rebuilt.row.status}`)
      : result(false, 'The action is settled on record by now; nothing was changed');
  } catch (error) {
    return result(false, `It failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
