import { GateProblem } from '../decide/problem.ts';

export interface AdmissionOptions {
  /** How many new actions may be under way at once. */
  maxInFlight: number;
  /** How many more may wait for one of those places. */
  maxQueue: number;
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
  /** How full it is now. */
  load(): { inFlight: number; queued: number };
}

interface Waiting {
  admit: () => void;
}

/**
 * The door for new actions. Refusing early keeps the answers to what is already under way quick; verdicts, outcomes,
 * claims and reads do not come through here, so that work in hand can always be finished.
 */
export function createAdmission(options: AdmissionOptions): Admission {
  const { maxInFlight, maxQueue, maxWaitMs = 50, backlog, maxBacklogMs = Infinity } = options;
  const queue = new Set<Waiting>();
  let inFlight = 0;

  function leave(): void {
    const [next] = queue;
    // The place is handed over, never given back and fought for: first come, first served.
    if (next) next.admit();
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

  return {
    async run(work) {
      const ageMs = backlog?.().ageMs ?? 0;
      // Written so that a probe that answers NaN refuses.
      if (!(ageMs <= maxBacklogMs)) throw overloaded(`the workers are ${Math.round(ageMs)} ms behind`);
      if (inFlight < maxInFlight) inFlight += 1;
      else if (queue.size < maxQueue) await wait();
      else throw overloaded(`${inFlight} actions are under way and ${queue.size} wait`);
      try {
        return await work();
      } finally {
        leave();
      }
    },
    load: () => ({ inFlight, queued: queue.size }),
  };
}

function overloaded(why: string): GateProblem {
  return new GateProblem('overloaded', `Nothing was started: ${why}. Send the same request again in a second.`);
}
