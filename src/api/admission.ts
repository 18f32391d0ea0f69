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
  /** Runs the work of an agent once there is a place for it. Throws `GateProblem` `overloaded` when there is none in time. */
  run<T>(who: string, work: () => Promise<T>): Promise<T>;
  /** Throws the same when `run` would refuse at once: asked before a request is read, so that refusing costs little. */
  check(): void;
  /** How full it is now. */
  load(): { inFlight: number; queued: number; limit: number };
}

/** However slow the machine is, this many are tried at once. */
const LEAST_IN_FLIGHT = 4;

/** The most that one agent gets of all places, and of all places to wait: the rest is for the others. */
const SHARE_OF_ONE = 0.75;

interface Waiting {
  who: string;
  admit: () => void;
}

/**
 * The door for new actions. Refusing early keeps the answers to what is already under way quick; verdicts, outcomes,
 * claims and reads do not come through here, so that work in hand can always be finished. A flood of one agent fills no
 * more than its share, and whoever has the least under way comes next: the others do not notice.
 */
export function createAdmission(options: AdmissionOptions): Admission {
  const { maxInFlight, queueRatio, targetMs = Infinity, maxWaitMs = 50, backlog, maxBacklogMs = Infinity } = options;
  const limit = createAdaptiveLimit({ most: maxInFlight, least: LEAST_IN_FLIGHT, targetMs });
  const queue = new Set<Waiting>();
  const held = createCounts();
  const queued = createCounts();
  let inFlight = 0;
  const shareOf = (places: number) => Math.ceil(places * SHARE_OF_ONE);
  const mayHold = (who: string) => held.of(who) < shareOf(limit.current());

  function leave(who: string): void {
    held.less(who);
    const next = inFlight <= limit.current() ? nextOf() : undefined;
    // The place is handed over, never given back and fought for.
    if (next === undefined) inFlight -= 1;
    else next.admit();
  }

  /** Whoever has the least under way; of these, who waits longest. */
  function nextOf(): Waiting | undefined {
    let next: Waiting | undefined;
    for (const one of queue) {
      if (mayHold(one.who) && (next === undefined || held.of(one.who) < held.of(next.who))) next = one;
    }
    return next;
  }

  function wait(who: string): Promise<void> {
    if (queued.of(who) >= shareOf(limit.current() * queueRatio)) {
      throw overloaded(`${held.of(who)} actions of ${who} are under way and ${queued.of(who)} wait`);
    }
    queued.more(who);
    return new Promise((resolve, reject) => {
      const leaveQueue = () => {
        queue.delete(waiting);
        queued.less(who);
      };
      const waiting: Waiting = {
        who,
        admit: () => {
          clearTimeout(timer);
          leaveQueue();
          held.more(who);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        leaveQueue();
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
    async run(who, work) {
      check();
      if (inFlight < limit.current() && mayHold(who)) {
        inFlight += 1;
        held.more(who);
      } else await wait(who);
      const began = performance.now();
      try {
        return await work();
      } finally {
        limit.took(performance.now() - began);
        leave(who);
      }
    },
    load: () => ({ inFlight, queued: queue.size, limit: limit.current() }),
  };
}

/** Counts by name, which forgets a name whose count is 0. */
function createCounts() {
  const counts = new Map<string, number>();
  const of = (name: string): number => counts.get(name) ?? 0;
  return {
    of,
    more: (name: string) => void counts.set(name, of(name) + 1),
    less: (name: string) => {
      if (of(name) > 1) counts.set(name, of(name) - 1);
      else counts.delete(name);
    },
  };
}

function overloaded(why: string): GateProblem {
  return new GateProblem('overloaded', `Nothing was started: ${why}. Send the same request again in a second.`);
}
