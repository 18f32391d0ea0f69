import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { table } from '../table.ts';
import type { Bed } from './bed.ts';
import { check } from './check.ts';
import { untilQuiet } from './quiet.ts';
import { drawWishes, type Wish } from './wishes.ts';
import { randomNumbers } from '../../src/demo/random.ts';

/** Actions a second, far below capacity. */
const RATE = 5;
const LOOK_MS = 15_000;
/** The share of the run that only warms up: pools grow, and the caches of the Temporal server fill for 17 minutes at this rate. */
const WARM_UP = 0.6;
/** Growth of this share of the middle value over the rest of the run still counts as flat. */
const FLAT = 0.1;

interface Sample {
  minutes: number;
  values: Record<string, number>;
}

/** Steady load for so long. Memory and handles have to stay flat; files may grow with what is on record. */
export async function soak(
  bed: Bed,
  minutes: number,
  say: (line: string) => void,
): Promise<{ text: string; ok: boolean }> {
  const { below } = randomNumbers(minutes);
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 60_000;
  const samples: Sample[] = [];
  const all: Wish[] = [];
  bed.answerLate(true);
  for (let next = 0; elapsed() < minutes;) {
    const wishes = drawWishes(RATE, `soak-${String(all.length)}`, below);
    all.push(...wishes);
    bed.agents.give(wishes);
    await pause(1_000);
    if (performance.now() - began < next) continue;
    next += LOOK_MS;
    const sample = { minutes: elapsed(), values: look(bed) };
    samples.push(sample);
    say(`${sample.minutes.toFixed(1)} min: ${String(bed.agents.ends.size)} done; ${JSON.stringify(sample.values)}`);
  }
  await untilQuiet(bed);
  const { violations, records } = await check(bed, all);
  const settled = samples.filter((sample) => sample.minutes >= minutes * WARM_UP);
  const rows = Object.keys(samples.at(-1)?.values ?? {}).map((name) => row(name, settled));
  const bad = rows.filter(({ isFlat, name }) => !isFlat && !name.endsWith('file MB'));
  const text = [
    `${String(minutes)} minutes at ${String(RATE)} actions a second, ${String(records)} on record, ${String(violations.length)} violations. ` +
      `The first ${String(WARM_UP * 100)} % warm up; the rest is fitted by a line.`,
    table(
      ['what', 'middle', 'change an hour', 'change over the fit', 'flat'],
      rows.map(({ name, middle, perHour, over, isFlat }) => [
        ...[name, middle.toFixed(1), perHour.toFixed(2), over.toFixed(2)],
        name.endsWith('file MB') ? 'grows with the record' : isFlat ? 'yes' : '**no**',
      ]),
    ),
  ].join('\n\n');
  return { text, ok: bad.length === 0 && violations.length === 0 };
}

function row(
  name: string,
  samples: readonly Sample[],
): { name: string; middle: number; perHour: number; over: number; isFlat: boolean } {
  const points = samples.map(({ minutes, values }) => [minutes, values[name] ?? 0] as const);
  const perMinute = slope(points);
  const middle = points.map(([, value]) => value).toSorted((a, b) => a - b)[Math.floor(points.length / 2)] ?? 0;
  const over = perMinute * ((points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0));
  return { name, middle, perHour: perMinute * 60, over, isFlat: over <= Math.max(2, middle * FLAT) };
}

/** The slope of the line with the least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (index: 0 | 1): number => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const above = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  const below = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
}

function look(bed: Bed): Record<string, number> {
  const pids = {
    ...Object.fromEntries(bed.apis.map(({ name, pid }) => [name, pid])),
    ...{ gate: bed.gate.pid, executors: bed.executors.pid, temporal: bed.temporal.pid },
  };
  const processes = Object.entries(pids).flatMap(([name, pid]) => [
    [`${name} RSS MB`, residentMb(pid)],
    [`${name} handles`, readdirSync(`/proc/${String(pid)}/fd`).length],
  ]);
  const files = readdirSync(bed.dir)
    .filter((name) => /\.(db|db-wal|log)$/.test(name))
    .map((name) => [`${name} file MB`, Math.round(statSync(join(bed.dir, name)).size / 1e4) / 100]);
  return Object.fromEntries([...processes, ...files]) as Record<string, number>;
}

function residentMb(pid: number): number {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return Math.round(Number(kb ?? 0) / 1024);
}
