import type { Judgement } from '@gatehouse/sdk/contract';
import { readRefusals, type RefusalRow } from '../store/refusals.ts';
import type { DecideDeps } from './deps.ts';

/**
 * People who refuse the very same so often within so long have said all they had to say: until then an agent that only
 * repeats itself is refused without them. A reviewer may mean "not now", so the first refusals are not held against it.
 */
const MOST_REFUSALS = 3;
const WITHIN_MS = 15 * 60_000;

/** Turns a judgement that asks people into a refusal where they were asked about the very same often enough. */
export type Spare = (judgement: Judgement) => Judgement;

/**
 * Looks whether people have refused an action of this digest again and again. The agent is part of the digest, so that
 * what one agent repeats costs no other anything.
 *
 * @param at milliseconds since the epoch
 */
export async function sparePeople(deps: DecideDeps, digest: string, at: number): Promise<Spare> {
  const refusals = await readRefusals(deps.store, digest, at - WITHIN_MS, MOST_REFUSALS);
  const [last] = refusals;
  const first = refusals.at(-1);
  if (last === undefined || first === undefined || refusals.length < MOST_REFUSALS) return (judgement) => judgement;
  return (judgement) =>
    judgement.outcome === 'REQUIRE_APPROVAL' ? refused(judgement, last, first.resolved_at + WITHIN_MS) : judgement;
}

function refused(judgement: Judgement, last: RefusalRow, until: number): Judgement {
  const said = last.comment === null ? '' : `: ${last.comment}`;
  const again = new Date(until).toISOString();
  return {
    ...judgement,
    outcome: 'BLOCK',
    reason: `People have refused exactly this ${MOST_REFUSALS} times in a quarter of an hour, ${last.resolved_by} last${said}`,
    matchedRule: null,
    approval: null,
    advice: `Do not repeat it: nobody is asked about the same again before ${again}. Do what the refusals say, or something else.`,
  };
}
