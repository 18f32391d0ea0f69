import { figures, find, loadsOf, ROWS, sustained, type Cell } from './cells.ts';
import { capacityOf, type Findings } from './measure.ts';
import { loadName, SHAPES, SHAPE_SAYS, type Load } from './slice.ts';
import { summarize } from './statistics.ts';
import { table } from './table.ts';
import type { Target } from './targets.ts';

/** The findings as Markdown, to be read as it is or pasted into a page. */
export function report(findings: Findings, targets: readonly Target[], machine: string): string {
  const { cells } = findings;
  return [
    machine,
    '### Latency, in milliseconds',
    latencies(cells),
    '### Rate and CPU',
    SHAPES.map((shape) => `- \`${shape}\`: ${SHAPE_SAYS[shape]}`).join('\n'),
    rates(cells),
    '### Overload',
    overload(findings),
    '### Targets',
    table(
      ['target', 'wanted', 'measured', ''],
      targets.map(({ what, wanted, measured, met }) => [
        what,
        wanted,
        met === null ? '-' : measured,
        met === null ? 'not measured' : met ? 'met' : '**missed**',
      ]),
    ),
    ...failures(findings),
  ].join('\n\n');
}

function latencies(cells: readonly Cell[]): string {
  const rows = loadsOf(cells).flatMap((load) => {
    const floor = figures(cells, ROWS[0], load);
    return ROWS.flatMap((row) => {
      const found = figures(cells, row, load);
      if (found === null) return [];
      const ratio = (q: 'p50' | 'p99') => (floor === null ? '' : (found[q] / floor[q]).toFixed(2));
      const ms = [found.p50, found.p95, found.p99, found.max].map((each) => each.toFixed(1));
      const isEffect = row.timing === 'effect';
      return [
        [loadName(load), row.title, String(found.n), ...ms, isEffect ? '' : ratio('p50'), isEffect ? '' : ratio('p99')],
      ];
    });
  });
  return table(['load', 'what', 'n', 'p50', 'p95', 'p99', 'max', 'p50 x floor', 'p99 x floor'], rows);
}

function rates(cells: readonly Cell[]): string {
  const names = [...new Set(cells.flatMap(({ cpu }) => Object.keys(cpu)))];
  const rows = loadsOf(cells).flatMap((load) =>
    SHAPES.flatMap((shape) => {
      const cell = find(cells, shape, load);
      return cell === undefined ? [] : [rateRow(load, cell, names)];
    }),
  );
  const cpu = names.map((name) => `${name} ms`);
  return table(['load', 'shape', 'done', 'refused', 'answered/s', 'settled/s', ...cpu, 'CPU ms'], rows);
}

function rateRow(load: Load, cell: Cell, names: readonly string[]): string[] {
  const { seen, shape, cpu } = cell;
  const perCall = names.map((name) => (cpu[name] ?? 0) / seen.done);
  const all = perCall.reduce((sum, ms) => sum + ms, 0);
  return [
    loadName(load),
    shape,
    String(seen.done),
    String(seen.refusals.length),
    ((seen.done / seen.busyMs) * 1000).toFixed(1),
    sustained(cell).toFixed(1),
    ...[...perCall, all].map((ms) => ms.toFixed(1)),
  ];
}

function overload({ cells, overload: found }: Findings): string {
  if (found === null) return 'Not measured.';
  const { cell, offered } = found;
  const { refusals, done, timings, busyMs, failures: failed } = cell.seen;
  const capacity = capacityOf(cells, 'permit').toFixed(1);
  const bad = Object.values(failed).reduce((sum, times) => sum + times, 0);
  const admitted = summarize(timings.decision);
  const lines = [
    `Offered ${offered} rounds a second where ${capacity} are sustained, for ${(busyMs / 1000).toFixed(0)} s:`,
    `${done} done, ${refusals.length} refused, ${bad} failed; all settled after ${(cell.settledMs / 1000).toFixed(0)} s.`,
    `Decisions of the admitted: p50 ${admitted.p50.toFixed(1)}, p99 ${admitted.p99.toFixed(1)} ms.`,
  ];
  if (refusals.length > 0) {
    const { p50, p95, p99, max } = summarize(refusals);
    const ms = [p50, p95, p99, max].map((each) => each.toFixed(1)).join(' / ');
    lines.push(`Refusals (503): p50 / p95 / p99 / max ${ms} ms.`);
  }
  return lines.join('\n');
}

function failures({ cells, overload: found }: Findings): string[] {
  const lines = [...cells, ...(found === null ? [] : [found.cell])].flatMap(({ shape, load, seen }) =>
    Object.entries(seen.failures).map(
      ([says, times]) => `- ${shape} at ${loadName(load)}: ${times} x ${says.slice(0, 300)}`,
    ),
  );
  return lines.length === 0 ? [] : ['### Failed calls', lines.join('\n')];
}
