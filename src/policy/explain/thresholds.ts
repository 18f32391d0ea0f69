import type { Outcome } from '@gatehouse/sdk/contract';

/** Where along a line of numbers another outcome begins. */
export interface Threshold {
  outcome: Outcome;
  /** The number nearest to the one that was asked with which that outcome was seen. */
  value: number;
  /** Whether every number that was tried beyond it, on its side, has this outcome too. */
  throughout: boolean;
}

const MOST_STEPS = 60;

/**
 * Walks from `start` through `probes`, which lie on one side of it, nearest first, and finds by bisection where each other
 * outcome begins. `grain` is how near two numbers may come: 1 for whole ones.
 */
export function findThresholds(
  start: number,
  probes: readonly number[],
  grain: number,
  outcomeAt: (value: number) => Outcome | undefined,
): Threshold[] {
  const first = outcomeAt(start);
  const found: Threshold[] = [];
  const tried: { value: number; outcome: Outcome }[] = [];
  let before = { value: start, outcome: first };
  for (const value of probes) {
    const outcome = outcomeAt(value);
    if (outcome === undefined || first === undefined) break;
    tried.push({ value, outcome });
    if (outcome !== before.outcome && outcome !== first && !found.some((each) => each.outcome === outcome)) {
      found.push({ outcome, value: bisect(before.value, value, outcome, grain, outcomeAt), throughout: false });
    }
    before = { value, outcome };
  }
  const beyond = (from: number): boolean =>
    tried.every(
      ({ value, outcome }) => Math.abs(value - start) < Math.abs(from - start) || outcome === outcomeOf(from),
    );
  const outcomeOf = (from: number): Outcome | undefined => found.find((each) => each.value === from)?.outcome;
  return found.map((each) => ({ ...each, throughout: beyond(each.value) }));
}

/** The number nearest to `near` that has the outcome of `far`, given that `near` has another. */
function bisect(
  near: number,
  far: number,
  outcome: Outcome,
  grain: number,
  outcomeAt: (value: number) => Outcome | undefined,
): number {
  let [without, having] = [near, far];
  for (let step = 0; step < MOST_STEPS && Math.abs(having - without) > grain; step += 1) {
    const middle = onGrain((having + without) / 2, grain);
    if (middle === having || middle === without) break;
    if (outcomeAt(middle) === outcome) having = middle;
    else without = middle;
  }
  return having;
}

function onGrain(value: number, grain: number): number {
  return grain >= 1 ? Math.floor(value) : Number(value.toFixed(2));
}
