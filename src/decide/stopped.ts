import type { Judgement, MatchedRule } from '@gatehouse/sdk/contract';
import { EMERGENCY_STOP_RULE } from '../policy/index.ts';
import type { ActionRow } from '../store/actions.ts';
import type { Store } from '../store/open.ts';
import { covers, type Stoppable } from '../store/stop-covers.ts';
import type { StopRow, StopsNow } from '../store/stops-in-force.ts';
import { endStopped, toStoppable } from '../store/sweep.ts';
import { StopsChangedError } from '../store/switchboard.ts';

/** People throw and lift stops; whoever does it faster than this is no reason to go on trying. */
const MOST_TRIES = 10;

/**
 * Has a step judge and write under the stops in force: where they changed between the two, it does both again. The step
 * hands their version to whatever it writes. Rejects with `StopsChangedError` where they change all the time.
 */
export async function underStops<Result>(store: Store, step: (now: StopsNow) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await step(store.stops.current());
    } catch (error) {
      if (!(error instanceof StopsChangedError) || tries >= MOST_TRIES) throw error;
      await store.stops.reload();
    }
  }
}

/** The first stop in force that covers an action, or undefined. */
export function stopOver({ stops }: StopsNow, action: Stoppable): StopRow | undefined {
  return stops.find((stop) => covers(stop, action));
}

/** The same of an action on record. */
export function stopOverRecorded(now: StopsNow, row: ActionRow): StopRow | undefined {
  return now.stops.length === 0 ? undefined : stopOver(now, toStoppable(row));
}

/** What is judged of an action that a stop covers, whatever the policy says of it: the engine's own rule blocks it. */
export function stoppedBy(stop: StopRow, judgement: Judgement): Judgement {
  const reason = sayStop(stop);
  const rule: MatchedRule = { id: EMERGENCY_STOP_RULE, effect: 'block', reason };
  return {
    ...judgement,
    outcome: 'BLOCK',
    reason,
    matchedRule: rule.id,
    matchedRules: [rule, ...judgement.matchedRules],
    approval: null,
    grant: null,
    advice: 'Do not repeat it now. When the stop has been lifted, ask again with a new idempotency key.',
  };
}

/** Who stopped what, when and why, for people and agents. */
export function sayStop({ id, scope, value, reason, thrown_by: by, thrown_at: at }: StopRow): string {
  const what = scope === 'everything' ? 'everything' : `the ${NOUNS[scope]} ${value ?? ''}`;
  return `An emergency stop covers ${what}: ${by} threw it at ${new Date(at).toISOString()}, saying "${reason}" (${id})`;
}

/** What a stop's scope names, in the words of people. */
const NOUNS = {
  agent: 'agent',
  team: 'team',
  type: 'action type',
  target: 'target',
  server: 'tool server',
} as const;

/**
 * Ends an action that a stop in force covers, before that stop's own sweep comes to it. Returns the stop, or undefined where
 * none covers it. Throws `StopsChangedError` where the stop has been lifted meanwhile.
 *
 * @param at milliseconds since the epoch
 */
export async function endIfStopped(
  store: Store,
  now: StopsNow,
  action: ActionRow,
  at: number,
): Promise<StopRow | undefined> {
  const { status } = action;
  if (status !== 'held' && status !== 'scheduled' && status !== 'permitted') return undefined;
  const stop = stopOverRecorded(now, action);
  if (stop === undefined) return undefined;
  if ((await endStopped(store, stop, status, [action], at)) === 1) return stop;
  const known = now.version;
  if ((await store.stops.reload()).version !== known) throw new StopsChangedError();
  // Somebody else has moved it: wherever it stands now, the caller will read.
  return stop;
}
