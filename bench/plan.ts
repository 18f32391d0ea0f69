import type { BenchOptions } from './options.ts';
import { SHAPES, type Load, type Shape, type Slice } from './slice.ts';

/** The slices of a run in their order, and what the overload is measured with. */
export interface Plan {
  warmUp: readonly Slice[];
  slices: readonly Slice[];
  overload: { seconds: number; untilRefusals: number; times: number } | null;
}

interface Stage {
  load: Load;
  /** Seconds a slice, for the shapes that have targets or are compared, and for the others. */
  seconds: number;
  /** How often the main shapes come round; the others come once. */
  rounds: number;
}

const MAIN: ReadonlySet<Shape> = new Set(['floor', 'relay', 'permit']);

// The rates with targets get the most samples. Short slices that take turns meet the same weather of the machine.
const DEFAULT: readonly Stage[] = [
  { load: { kind: 'open', rate: 4 }, seconds: 10, rounds: 1 },
  { load: { kind: 'open', rate: 10 }, seconds: 8, rounds: 3 },
  { load: { kind: 'open', rate: 20 }, seconds: 6, rounds: 3 },
  { load: { kind: 'closed', callers: 1 }, seconds: 3, rounds: 1 },
  { load: { kind: 'closed', callers: 10 }, seconds: 4, rounds: 1 },
  { load: { kind: 'closed', callers: 50 }, seconds: 4, rounds: 1 },
];

const QUICK: readonly Stage[] = [
  { load: { kind: 'open', rate: 10 }, seconds: 2, rounds: 1 },
  { load: { kind: 'closed', callers: 4 }, seconds: 1, rounds: 1 },
];

const TURNS = 3;

/** What to do for these options: all of it, a quick look at all of it, or certain shapes only. */
export function makePlan({ quick, only, rates, callers, seconds }: BenchOptions): Plan {
  const warm: Load = { kind: 'closed', callers: 4 };
  const warmUp = SHAPES.map((shape) => ({ shape, load: warm, seconds: quick ? 0.5 : 2, seed: 1 }));
  if (only !== null) {
    const loads: Load[] = [
      ...rates.map((rate) => ({ kind: 'open', rate }) as const),
      ...callers.map((count) => ({ kind: 'closed', callers: count }) as const),
    ];
    const turns = Array.from({ length: TURNS }, (_, turn) =>
      loads.flatMap((load) => only.map((shape) => ({ shape, load, seconds: seconds / TURNS, seed: turn + 7 }))),
    );
    return { warmUp, slices: turns.flat(), overload: null };
  }
  return {
    warmUp,
    slices: (quick ? QUICK : DEFAULT).flatMap(slicesOf),
    overload: quick ? { seconds: 2, untilRefusals: 20, times: 3 } : { seconds: 20, untilRefusals: 300, times: 3 },
  };
}

function slicesOf({ load, seconds, rounds }: Stage): Slice[] {
  return Array.from({ length: rounds }, (_, round) => {
    const shapes = SHAPES.filter((shape) => round === 0 || MAIN.has(shape));
    // The order turns with the rounds, so that no shape is always the one after a certain other.
    const turned = round % 2 === 0 ? shapes : shapes.toReversed();
    return turned.map((shape) => ({ shape, load, seconds, seed: round + 7 }));
  }).flat();
}
