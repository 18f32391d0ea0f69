import type { Judgement } from '@gatehouse/sdk/contract';
import { setImmediate } from 'node:timers/promises';
import { mayLack } from '../audit/arguments/on-record.ts';
import { readyFor } from '../classify/index.ts';
import type { ActionRow } from '../store/actions.ts';
import type { RecordedWindow } from '../store/recorded.ts';
import { readRecorded } from '../store/recorded.ts';
import type { Store } from '../store/open.ts';
import { digestAction } from './digest.ts';
import type { JudgedAction } from './judge.ts';
import { judgedAction } from './recorded.ts';
import { readJudgement } from './stored-judgement.ts';

/** One action of the record, ready to be judged. */
export interface OnRecord {
  row: ActionRow;
  action: JudgedAction;
  judgement: Judgement;
}

/** So many actions are handled before others get their turn: a long look back must not hold up decisions. */
const BREATH = 20;

/**
 * Goes through the record, oldest first, and gives each action to `take`. Others get their turn in between.
 * Resolves to how many could not be read. Ends early, and rejects, when the signal fires.
 */
export async function forEachOnRecord(
  store: Store,
  window: RecordedWindow,
  take: (one: OnRecord) => void,
  signal?: AbortSignal,
): Promise<{ unreadable: number }> {
  let unreadable = 0;
  let handled = 0;
  for await (const page of readRecorded(store, window)) {
    for (const row of page) {
      const one = toRead(row);
      if (one === null) unreadable += 1;
      else {
        await readyFor(one.action);
        take(one);
      }
      handled += 1;
      if (handled % BREATH === 0) await setImmediate();
      signal?.throwIfAborted();
    }
  }
  return { unreadable };
}

/** Whether its arguments are all there, as those are that stand under its digest. */
function isWhole(row: ActionRow, { type, target, context, agent }: JudgedAction): boolean {
  if (!mayLack(row.run_context_json ?? row.context_json)) return true;
  return digestAction({ type, target, arguments: context, agent }) === (row.run_digest ?? row.digest);
}

function toRead(row: ActionRow): OnRecord | null {
  try {
    const action = judgedAction(row);
    // What was erased, or is not kept in full, would be judged as if it had been asked for so.
    if (!isWhole(row, action)) return null;
    return { row, action, judgement: readJudgement(row.judgement_json) };
  } catch {
    return null;
  }
}
