import { GateProblem } from '../decide/problem.ts';
import { createAdaptiveLimit } from './adaptive-limit.ts';

export interface AdmissionOptions {
  /** How many new actions may be under way at once, at the most. */
  maxInFlight: number;
  /** How many more may wait for a place, for each that may be under way. */
  queueRatio: number;
  /** New actions that take longer than this, in milliseconds, lower the number that may be under way. Default: never. */
  targetMs?: number;
  /** How long one may wait, in milliseconds. */
  maxWaitMs?: number;
  /** How far the workers are behind, measured elsewhere; read at every new action, so it must be cheap. */
  backlog?: () => { ageMs: number };
  /** Above this age of the backlog nothing new is admitted. */
  maxBacklogMs?: number;
}

export interface Admission {
  /** Runs the work once there is a place for it. Throws `GateProblem` `overloaded` when there is none in time. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Throws the same when `run` would refuse at once: asked before a request is read, so that refusing costs little. */
  check(): void;
  /** How full it is now. */
  load(): { inFlight: number; queued: number; limit: number };
}

/** However slow the machine is, this many are tried at once. */
const LEAST_IN_FLIGHT = 4;

interface Waiting {
  admit: () => void;
}

/**
 * The door for new actions. Refusing early keeps the answers to what is already under way quick; verdicts, outcomes,
 * claims and reads do not come through here, so that work in hand can always be finished.
 */
export function createAdmission(options: AdmissionOptions): Admission {
  const { maxInFlight, queueRatio, targetMs = Infinity, maxWaitMs = 50, backlog, maxBacklogMs = Infinity } = options;
  const limit = createAdaptiveLimit({ most: maxInFlight, least: LEAST_IN_FLIGHT, targetMs });
  const queue = new Set<Waiting>();
  let inFlight = 0;

  function leave(): void {
    const [next] = queue;
    // The place is handed over, never given back and fought for: first come, first served.
    if (next && inFlight <= limit.current()) next.admit();
    else inFlight -= 1;
  }

  function wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        admit: () => {
          clearTimeout(timer);
          queue.delete(waiting);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        queue.delete(waiting);
        reject(overloaded(`no place came free within ${maxWaitMs} ms`));
      }, maxWaitMs);
      queue.add(waiting);
    });
  }

  function check(): void {
    const ageMs = backlog?.().ageMs ?? 0;
    // Written so that a probe that answers NaN refuses.
    if (!(ageMs <= maxBacklogMs)) throw overloaded(`the workers are ${Math.round(ageMs)} ms behind`);
    const isFull = inFlight >= limit.current() && queue.size >= limit.current() * queueRatio;
    if (isFull) throw overloaded(`${inFlight} actions are under way and ${queue.size} wait`);
  }

  return {
    check,
    async run(work) {
      check();
      if (inFlight < limit.current()) inFlight += 1;
      else await wait();
      const began = performance.now();
      try {
        return await work();
      } finally {
        limit.took(performance.now() - began);
        leave();
      }
    },
    load: () => ({ inFlight, queued: queue.size, limit: limit.current() }),
  };
}

function overloaded(why: string): GateProblem {
  return new GateProblem('overloaded', `Nothing was started: ${why}. Send the same request again in a second.`);
}
