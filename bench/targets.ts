import { figures, ROWS, type Cell, type Row } from './cells.ts';
import { capacityOf, type Findings } from './measure.ts';
import { summarize } from './statistics.ts';
import type { Load } from './slice.ts';

type OpenLoad = Extract<Load, { kind: 'open' }>;

export interface Target {
  what: string;
  wanted: string;
  measured: string;
  /** Null where it was not measured. */
  met: boolean | null;
}

const DECISION_RATES = [10, 20];
const EFFECT_RATES = [4, 10];

/** What the hot path promises, beside what was found. */
export function judgeTargets({ cells, overload }: Findings): Target[] {
  return [
    ...DECISION_RATES.flatMap((rate) => decisionTargets(cells, { kind: 'open', rate })),
    shapeTarget(cells),
    ...EFFECT_RATES.flatMap((rate) => effectTargets(cells, { kind: 'open', rate })),
    refusalTarget(overload),
  ];
}

function decisionTargets(cells: readonly Cell[], load: OpenLoad): Target[] {
  const floor = figures(cells, rowOf('start acknowledged (the floor)'), load);
  const decision = figures(cells, rowOf('decision ALLOW'), load);
  const p50 = decision === null || floor === null ? NaN : decision.p50 / floor.p50;
  const p99 = decision === null || floor === null ? NaN : decision.p99 / floor.p99;
  const what = `decision at ${load.rate}/s`;
  return [
    atMost(`${what}, p50`, p50, 1.5, 'x the floor'),
    atMost(`${what}, p99`, p99, 2, 'x the floor'),
    below(`${what}, p99`, decision?.p99 ?? NaN, 50),
  ];
}

function shapeTarget(cells: readonly Cell[]): Target {
  const ours = capacityOf(cells, 'permit');
  const orthodox = capacityOf(cells, 'orthodox');
  const ratio = orthodox === 0 ? NaN : ours / orthodox;
  const measured = `${ratio.toFixed(2)} (${ours.toFixed(1)}/s to ${orthodox.toFixed(1)}/s)`;
  return {
    what: 'whole rounds sustained, to the orthodox shape',
    wanted: '>= 1.5 x',
    measured,
    met: verdict(ratio, ratio >= 1.5),
  };
}

function effectTargets(cells: readonly Cell[], load: OpenLoad): Target[] {
  return (['approve to effect, callback', 'approve to effect, executor'] as const).flatMap((title) => {
    const effect = figures(cells, rowOf(title), load);
    return [
      below(`${title}, at ${load.rate}/s, p50`, effect?.p50 ?? NaN, 50),
      below(`${title}, at ${load.rate}/s, p99`, effect?.p99 ?? NaN, 200),
    ];
  });
}

function refusalTarget(overload: Findings['overload']): Target {
  const refusals = overload?.cell.seen.refusals ?? [];
  return below('refusals at overload, p99', refusals.length === 0 ? NaN : summarize(refusals).p99, 100);
}

function below(what: string, ms: number, limit: number): Target {
  return { what, wanted: `< ${limit} ms`, measured: `${ms.toFixed(1)} ms`, met: verdict(ms, ms < limit) };
}

function atMost(what: string, ratio: number, limit: number, unit: string): Target {
  return { what, wanted: `<= ${limit} ${unit}`, measured: ratio.toFixed(2), met: verdict(ratio, ratio <= limit) };
}

function verdict(value: number, met: boolean): boolean | null {
  return Number.isNaN(value) ? null : met;
}

function rowOf(title: Row['title']): Row {
  const row = ROWS.find((each) => each.title === title);
  if (row === undefined) throw new Error(`There is no row ${title}`);
  return row;
}
