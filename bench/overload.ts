import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Gatehouse, type GuardAnswer } from '@gatehouse/sdk';
import { startBed, type Bed } from './bed.ts';
import { merge, sustained } from './cells.ts';
import { now } from './clock.ts';
import type { BenchOptions } from './options.ts';
import { ACTIONS } from './requests.ts';
import { untilSettled } from './settled.ts';
import { summarize, type Summary } from './statistics.ts';

/** How the gate does when far too much is asked of it. Times are milliseconds, memory is megabytes. */
export interface OverloadFindings {
  capacity: number;
  offered: number;
  seconds: number;
  /** Rounds that got all the way, of those that were not refused. */
  admitted: { done: number; failed: number; decision: Summary };
  /** As the caller saw them from when they were due, and as the gate saw them from their head to their answer. */
  refusals: { seen: Summary; inTheGate: Summary };
  /** Of people who answer while all this goes on. */
  verdicts: { before: Summary; during: Summary };
  /** From the last call until one is allowed at once again, and until everything is settled. */
  recovery: { allowedMs: number; settledMs: number };
  apiMemory: { before: number; after: number };
}

const CAPACITY_CALLERS = 50;
const TIMES = 3;
const VERDICTS = 40;

/** Finds what is sustained, offers three times that, and has a reviewer answer questions meanwhile. */
export async function benchOverload(options: BenchOptions, say: (line: string) => void): Promise<OverloadFindings> {
  const bed = await startBed(options, say);
  try {
    const seconds = options.quick ? 3 : 20;
    const closed = { kind: 'closed', callers: CAPACITY_CALLERS } as const;
    const shape = 'permit' as const;
    await bed.callers.run({ shape, load: closed, seconds: options.quick ? 1 : 3, seed: 1 });
    await untilSettled(bed.link);
    const capacity = await capacityOf(bed, options.quick ? 2 : 10);
    const before = await verdicts(bed, await questions(bed, 'before'), 0);
    const waiting = await questions(bed, 'during');

    const offered = Math.ceil(capacity * TIMES);
    say(`${capacity.toFixed(1)}/s are sustained; offering ${String(offered)}/s for ${String(seconds)} s`);
    const apiBefore = residentMb(bed);
    const loggedBefore = refusalsInLog(bed).length;
    const answering = verdicts(bed, waiting, (seconds * 800) / VERDICTS);
    const seen = await bed.callers.run({ shape, load: { kind: 'open', rate: offered }, seconds, seed: 3 });
    const ended = now();
    const allowedMs = (await untilAllowed(bed)) - ended;
    const during = await answering;
    const settledMs = (await untilSettled(bed.link)) - ended;
    return {
      capacity,
      offered,
      seconds,
      admitted: {
        done: seen.done,
        failed: Object.values(seen.failures).reduce((sum, times) => sum + times, 0),
        decision: summarize(seen.timings.decision),
      },
      refusals: { seen: summarize(seen.refusals), inTheGate: summarize(refusalsInLog(bed).slice(loggedBefore)) },
      verdicts: { before: summarize(before), during: summarize(during) },
      recovery: { allowedMs, settledMs },
      apiMemory: { before: apiBefore, after: residentMb(bed) },
    };
  } finally {
    await bed.stop();
  }
}

async function capacityOf(bed: Bed, seconds: number): Promise<number> {
  const load = { kind: 'closed', callers: CAPACITY_CALLERS } as const;
  const slice = { shape: 'permit', load, seconds, seed: 2 } as const;
  const began = now();
  const seen = await bed.callers.run(slice);
  const settledMs = (await untilSettled(bed.link)) - began;
  const [cell] = merge([{ slice, seen, settledMs, cpu: {} }]);
  return cell === undefined ? 0 : sustained(cell);
}

/** So many questions that wait for people. No two are alike: what people have refused is not asked again for a while. */
async function questions({ doors }: Bed, of: 'before' | 'during'): Promise<GuardAnswer[]> {
  const { type, target, context } = ACTIONS.held;
  const agent = new Gatehouse({ url: doors.url, apiKey: doors.agentKey, retry: { attempts: 20, baseMs: 100 } });
  const asked: GuardAnswer[] = [];
  while (asked.length < VERDICTS)
    asked.push(await agent.decide(type, target, { ...context, note: `${of} ${asked.length}` }));
  return asked;
}

/** Rejects them one by one, with pauses. Resolves with what each verdict took until its answer was there. */
async function verdicts({ doors }: Bed, asked: readonly GuardAnswer[], pauseMs: number): Promise<number[]> {
  const took: number[] = [];
  for (const { approvalId, actionDigest } of asked) {
    await pause(pauseMs);
    const from = now();
    const response = await fetch(`${doors.url}/api/v1/approvals/${approvalId ?? ''}/verdict`, {
      method: 'POST',
      headers: { authorization: `Bearer ${doors.reviewerKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ verdict: 'reject', actionDigest }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`A verdict was refused under load: ${text}`);
    took.push(now() - from);
  }
  return took;
}

async function untilAllowed({ doors }: Bed): Promise<number> {
  const { type, target, context } = ACTIONS.allowed;
  const agent = new Gatehouse({ url: doors.url, apiKey: doors.agentKey, retry: { attempts: 1 } });
  for (;;) {
    const at = await agent.guard(type, target, context, now).catch(() => undefined);
    if (at !== undefined) return at;
    await pause(20);
  }
}

/** How long each 503 took the gate itself, by its own log. */
function refusalsInLog({ dir }: Bed): number[] {
  return readFileSync(join(dir, 'api.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"status":503'))
    .map((line) => (JSON.parse(line) as { durationMs: number }).durationMs);
}

function residentMb({ pids }: Bed): number {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pids['api'])}/status`, 'utf8')) ?? [];
  return Math.round(Number(kb ?? 0) / 1024);
}
