import { addCpu, type CpuTimes } from './cpu.ts';
import { loadName, nothingSeen, TIMINGS, type Load, type Seen, type Shape, type Slice } from './slice.ts';
import { summarize, type Summary } from './statistics.ts';

/** What one slice gave. */
export interface Measured {
  slice: Slice;
  seen: Seen;
  /** From the first call until everything was settled, in milliseconds. */
  settledMs: number;
  cpu: CpuTimes;
}

/** One shape under one load, from all its slices. */
export interface Cell {
  shape: Shape;
  load: Load;
  seen: Seen;
  settledMs: number;
  cpu: CpuTimes;
}

export function merge(measured: readonly Measured[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { slice, seen, settledMs, cpu } of measured) {
    const name = `${loadName(slice.load)} ${slice.shape}`;
    const { shape, load } = slice;
    const cell = cells.get(name) ?? { shape, load, seen: nothingSeen(), settledMs: 0, cpu: {} };
    for (const timing of TIMINGS) cell.seen.timings[timing].push(...seen.timings[timing]);
    cell.seen.refusals.push(...seen.refusals);
    for (const [says, times] of Object.entries(seen.failures)) {
      cell.seen.failures[says] = (cell.seen.failures[says] ?? 0) + times;
    }
    cell.seen.done += seen.done;
    cell.seen.busyMs += seen.busyMs;
    cell.settledMs += settledMs;
    cell.cpu = addCpu(cell.cpu, cpu);
    cells.set(name, cell);
  }
  return [...cells.values()];
}

/** The rows of the latency table: what is timed, for whom, from which values. */
export const ROWS = [
  { title: 'start acknowledged (the floor)', shape: 'floor', timing: 'decision' },
  { title: 'start over bare HTTP', shape: 'relay', timing: 'decision' },
  { title: 'decision ALLOW', shape: 'permit', timing: 'decision' },
  { title: 'decision BLOCK', shape: 'blocked', timing: 'decision' },
  { title: 'decision REQUIRE_APPROVAL', shape: 'held', timing: 'decision' },
  { title: 'whole permit round', shape: 'permit', timing: 'round' },
  { title: 'orthodox decision', shape: 'orthodox', timing: 'decision' },
  { title: 'orthodox whole round', shape: 'orthodox', timing: 'round' },
  { title: 'approve to effect, callback', shape: 'held', timing: 'effect' },
  { title: 'approve to effect, executor', shape: 'executor', timing: 'effect' },
] as const;
export type Row = (typeof ROWS)[number];

export function find(cells: readonly Cell[], shape: Shape, load: Load): Cell | undefined {
  return cells.find((cell) => cell.shape === shape && loadName(cell.load) === loadName(load));
}

/** The figures of a row under a load; null where it was not measured. */
export function figures(cells: readonly Cell[], { shape, timing }: Row, load: Load): Summary | null {
  const values = find(cells, shape, load)?.seen.timings[timing] ?? [];
  return values.length === 0 ? null : summarize(values);
}

/** Actions a second, from the first call until all of them were settled. */
export function sustained({ seen, settledMs }: Cell): number {
  return (seen.done / settledMs) * 1000;
}

/** The loads in the order in which they were put on. */
export function loadsOf(cells: readonly Cell[]): Load[] {
  return [...new Map(cells.map(({ load }) => [loadName(load), load])).values()];
}
