import type { Fault } from './fault.ts';

/** After so many faults that kill comes one that does not. */
const KILLS_TO_OTHERS = 3;

/**
 * The faults of a run in their order: all kinds come round in turn, shuffled anew each time, until enough were killed. Where
 * nothing kills there are as many faults instead.
 */
export function planFaults(
  killing: readonly Fault[],
  others: readonly Fault[],
  kills: number,
  below: (limit: number) => number,
): Fault[] {
  const nextOther = turns(others, below);
  if (killing.length === 0) return Array.from({ length: kills }, nextOther);
  const nextKill = turns(killing, below);
  const plan: Fault[] = [];
  for (let killed = 0, strikes = 1; killed < kills; strikes += 1) {
    const fault = nextKill();
    killed += fault.kills;
    plan.push(fault);
    if (strikes % KILLS_TO_OTHERS === 0 && others.length > 0) plan.push(nextOther());
  }
  return plan;
}

function turns(faults: readonly Fault[], below: (limit: number) => number): () => Fault {
  let left: Fault[] = [];
  return () => {
    if (left.length === 0) left = [...faults];
    const [fault] = left.splice(below(left.length), 1);
    if (fault === undefined) throw new Error('There are no faults to draw from');
    return fault;
  };
}
