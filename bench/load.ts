import { setTimeout as pause } from 'node:timers/promises';
import { GateUnavailableError } from '@gatehouse/sdk';
import { arrivals } from './arrivals.ts';
import { now } from './clock.ts';
import type { Act } from './shapes.ts';
import { nothingSeen, type Seen, type Slice } from './slice.ts';

/** What a refused caller waits in a closed loop, unless the gate says otherwise. */
const RETRY_MS = 1_000;

/** Puts the load of a slice on one act, and resolves when every call has had its answer. */
export async function drive(act: Act, slice: Slice): Promise<Seen> {
  const seen = nothingSeen();
  const began = now();
  const enough = () => slice.untilRefusals !== undefined && seen.refusals.length >= slice.untilRefusals;
  if (slice.load.kind === 'open') {
    const calls: Promise<unknown>[] = [];
    for (const at of arrivals(slice.load.rate, slice.seconds, slice.seed)) {
      const due = began + at;
      if (enough()) break;
      if (due > now()) await pause(due - now());
      calls.push(once(act, due, seen));
    }
    await Promise.all(calls);
  } else {
    const end = began + slice.seconds * 1000;
    const caller = async () => {
      while (now() < end) await pause(await once(act, now(), seen));
    };
    await Promise.all(Array.from({ length: slice.load.callers }, caller));
  }
  seen.busyMs = now() - began;
  return seen;
}

/** One call. Never throws; resolves with how long its caller should stay away, in milliseconds. */
async function once(act: Act, due: number, seen: Seen): Promise<number> {
  try {
    await act(due, (timing, ms) => seen.timings[timing].push(ms));
    seen.done += 1;
    return 0;
  } catch (error) {
    if (error instanceof GateUnavailableError && error.problem?.code === 'overloaded') {
      seen.refusals.push(now() - due);
      return error.retryAfterMs ?? RETRY_MS;
    }
    const says = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    seen.failures[says] = (seen.failures[says] ?? 0) + 1;
    return RETRY_MS;
  }
}
