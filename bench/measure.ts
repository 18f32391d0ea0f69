import type { Bed } from './bed.ts';
import { merge, sustained, type Cell, type Measured } from './cells.ts';
import { now } from './clock.ts';
import { cpuBetween, readCpu } from './cpu.ts';
import type { Plan } from './plan.ts';
import { untilSettled } from './settled.ts';
import { loadName, type Slice } from './slice.ts';

/** Everything that a run found. */
export interface Findings {
  cells: Cell[];
  overload: { offered: number; cell: Cell } | null;
}

/** Runs the plan slice by slice; the next one begins when all actions of the last are settled. */
export async function measure(bed: Bed, plan: Plan, say: (line: string) => void): Promise<Findings> {
  say('Warming up.');
  for (const slice of plan.warmUp) await measureSlice(bed, slice);
  const measured: Measured[] = [];
  for (const [index, slice] of plan.slices.entries()) {
    const result = await measureSlice(bed, slice);
    measured.push(result);
    const { done, refusals, failures } = result.seen;
    const bad = Object.values(failures).reduce((sum, times) => sum + times, 0);
    const seconds = (result.settledMs / 1000).toFixed(1);
    const place = `${index + 1}/${plan.slices.length}`;
    const also = `${refusals.length > 0 ? `, ${refusals.length} refused` : ''}${bad > 0 ? `, ${bad} FAILED` : ''}`;
    say(`${place} ${slice.shape} at ${loadName(slice.load)}: ${done} in ${seconds} s until settled${also}`);
  }
  const cells = merge(measured);
  return { cells, overload: await overload(bed, plan, cells, say) };
}

async function measureSlice(bed: Bed, slice: Slice): Promise<Measured> {
  const before = readCpu(bed.pids);
  const began = now();
  const seen = await bed.callers.run(slice);
  const settledMs = (await untilSettled(bed.link)) - began;
  return { slice, seen, settledMs, cpu: cpuBetween(before, readCpu(bed.pids)) };
}

/** Offers several times what the gate sustained, until enough calls were refused or the time is over. */
async function overload(
  bed: Bed,
  plan: Plan,
  cells: readonly Cell[],
  say: (line: string) => void,
): Promise<Findings['overload']> {
  const capacity = capacityOf(cells, 'permit');
  if (capacity === 0 || plan.overload === null) return null;
  const { seconds, untilRefusals, times } = plan.overload;
  const offered = Math.ceil(capacity * times);
  say(`Overload: ${offered}/s for ${seconds} s at most.`);
  const load = { kind: 'open', rate: offered } as const;
  const measured = await measureSlice(bed, { shape: 'permit', load, seconds, seed: 3, untilRefusals });
  const [cell] = merge([measured]);
  return cell === undefined ? null : { offered, cell };
}

/** The most that callers in closed loops got through, a second, until all was settled. */
export function capacityOf(cells: readonly Cell[], shape: Cell['shape']): number {
  const rates = cells.filter((cell) => cell.shape === shape && cell.load.kind === 'closed').map(sustained);
  return Math.max(0, ...rates);
}
