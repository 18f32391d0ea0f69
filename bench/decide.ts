import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { loadPolicyFolder } from '../src/decide/policy-folder.ts';
import { digestAction } from '../src/decide/digest.ts';
import { judge } from '../src/decide/judge.ts';
import { now } from './clock.ts';
import { ACTIONS, AGENT } from './requests.ts';
import { summarize } from './statistics.ts';
import { table } from './table.ts';

const BATCH = 100;

/** Measures judgements in process under the baseline policy, and returns the table. Nothing is started, nothing stored. */
export function benchDecide(seconds: number): string {
  const policy = loadPolicyFolder(fileURLToPath(new URL('../policies', import.meta.url)));
  if (!policy.ok) throw new Error('The baseline policy is broken: run `gatehouse policy check`');
  const rows = Object.values(ACTIONS).map(({ type, target, context }) => {
    const action = { type, target, context: structuredClone(context) as unknown as JsonObject, agent: AGENT };
    const work = () => {
      digestAction({ type, target, arguments: action.context, agent: AGENT });
      return judge(action, policy, { now: 0 }).outcome;
    };
    const outcome = work();
    time(work, seconds / 2);
    const { perSecond, microseconds } = time(work, seconds);
    const { p50, p99 } = summarize(microseconds);
    return [outcome, type, perSecond.toFixed(0), p50.toFixed(0), p99.toFixed(0)];
  });
  return table(['decision', 'action', 'judgements/s', 'p50 µs', 'p99 µs'], rows);
}

function time(work: () => unknown, seconds: number): { perSecond: number; microseconds: number[] } {
  const microseconds: number[] = [];
  const began = now();
  let last = began;
  while (last - began < seconds * 1000) {
    for (let done = 0; done < BATCH; done += 1) work();
    const at = now();
    microseconds.push(((at - last) / BATCH) * 1000);
    last = at;
  }
  return { perSecond: (microseconds.length * BATCH * 1000) / (last - began), microseconds };
}
