import type { ClassifiedAction } from '../../src/classify/index.ts';
import { classify, examine, readyFor } from '../../src/classify/index.ts';
import type { PolicyInForce } from '../../src/decide/judge.ts';
import { judge } from '../../src/decide/judge.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import { now } from '../clock.ts';
import { quantile } from '../statistics.ts';
import type { Input, Kind } from './kind.ts';

/** Longer than this for one input is a hang. Milliseconds. */
export const LIMIT = 50;
const WARM_UP = 1000;
const KEPT = 5;

/** What came of the inputs of one kind. */
export interface Outcome {
  name: string;
  runs: number;
  unreadable: number;
  /** Milliseconds. */
  p50: number;
  p999: number;
  slowest: { ms: number; shows: string }[];
  violations: { what: string; shows: string }[];
  counts: { threw: number; slow: number; waved: number; shown: number };
}

const READS = `version: 1
name: reads
defaults: { unmatched: require_approval }
rules:
  - { id: reads, reason: It only reads., match: { operation: read }, effect: allow }
`;

/** Classifies the inputs of one kind and holds each to what must be true of all of them. */
export async function fuzz(kind: Kind, runs: number, seed: number): Promise<Outcome> {
  const policy = readPolicy();
  for (const action of kind.warm) await readyFor(action);
  for (const input of kind.inputs(seed + 1, WARM_UP)) look(input.action);
  const outcome: Outcome = {
    ...{ name: kind.name, runs: 0, unreadable: 0, p50: 0, p999: 0, slowest: [], violations: [] },
    counts: { threw: 0, slow: 0, waved: 0, shown: 0 },
  };
  const times: number[] = [];
  for (const input of kind.inputs(seed, runs)) {
    times.push(check(input, policy, outcome));
    outcome.runs += 1;
    if (input.unreadable) outcome.unreadable += 1;
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { ...outcome, p50: quantile(sorted, 0.5), p999: quantile(sorted, 0.999) };
}

/** One input: no throw, no hang, nothing that is unreadable waved through, nothing hidden shown. Gives its milliseconds. */
function check(input: Input, policy: PolicyInForce, outcome: Outcome): number {
  const violate = (count: keyof Outcome['counts'], what: string): void => {
    outcome.counts[count] += 1;
    if (outcome.violations.length < 20) outcome.violations.push({ what, shows: show(input.action) });
  };
  const began = now();
  try {
    look(input.action);
  } catch (error) {
    violate('threw', `it threw ${error instanceof Error ? error.message : String(error)}`);
    return now() - began;
  }
  // A collection of garbage falls on whoever runs: only what is slow three times is slow.
  const first = now() - began;
  const took = first > LIMIT ? fastest(input.action, 3) : first;
  noteSlow(outcome, took, input.action);
  if (took > LIMIT) violate('slow', `it took ${took.toFixed(0)} ms`);
  const classification = classify(input.action);
  const { outcome: decision } = judge({ ...input.action, agent: 'fuzz' }, policy, { now: 0 });
  if (input.unreadable && decision === 'ALLOW') violate('waved', 'it cannot be read, and is allowed as a read');
  if (input.unreadable && classification.operation === 'read' && classification.confidence === 'high') {
    violate('waved', 'it cannot be read, and counts as a read beyond doubt');
  }
  const said = JSON.stringify([classification, examine(input.action, classification)]);
  if (input.hidden?.some((hidden) => said.includes(hidden))) violate('shown', 'it shows what must stay hidden');
  return took;
}

function look(action: ClassifiedAction): void {
  examine(action, classify(action));
}

function fastest(action: ClassifiedAction, times: number): number {
  const took = Array.from({ length: times }, () => {
    // Sources remember what they found about an action and its context, so each look gets its own.
    const fresh = { ...action, context: { ...action.context } };
    const [began, used] = [now(), process.cpuUsage()];
    look(fresh);
    const { user, system } = process.cpuUsage(used);
    // On a machine that does other things, the time that passed is more than the time that it took.
    return Math.min(now() - began, (user + system) / 1000);
  });
  return Math.min(...took);
}

function noteSlow({ slowest }: Outcome, ms: number, action: ClassifiedAction): void {
  if (slowest.length === KEPT && ms <= (slowest.at(-1)?.ms ?? 0)) return;
  slowest.push({ ms, shows: show(action) });
  slowest.sort((a, b) => b.ms - a.ms);
  slowest.length = Math.min(slowest.length, KEPT);
}

function show(action: ClassifiedAction): string {
  try {
    return JSON.stringify(action, (_, value: unknown) =>
      typeof value === 'string' && value.length > 100 ? `${value.slice(0, 100)}… (${value.length})` : value,
    ).slice(0, 300);
  } catch {
    return `${action.type}, nested too deep to be shown`;
  }
}

function readPolicy(): PolicyInForce {
  const parsed = parsePolicy([{ path: 'reads.yaml', text: READS }]);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => problem.message).join('\n'));
  return parsed;
}
