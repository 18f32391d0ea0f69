/** What a caller does, again and again. */
export const SHAPES = ['floor', 'relay', 'permit', 'blocked', 'held', 'executor', 'orthodox'] as const;
export type Shape = (typeof SHAPES)[number];

export const SHAPE_SAYS: Readonly<Record<Shape, string>> = {
  floor: 'bare StartWorkflowExecution, acknowledged',
  relay: 'the same start, asked for over bare HTTP',
  permit: 'guard → ALLOW → callback → reported',
  blocked: 'guard → BLOCK',
  held: 'guard → REQUIRE_APPROVAL → approved → callback → reported',
  executor: 'run → REQUIRE_APPROVAL → approved → executor',
  orthodox: 'update-with-start → ALLOW → callback → reported',
};

/**
 * Open: so many a second, whether or not the gate keeps up; each latency counts from the moment at which the call was
 * due. Closed: so many callers, each of which waits for its answer before it calls again.
 */
export type Load = { kind: 'open'; rate: number } | { kind: 'closed'; callers: number };

/** One shape under one load for some seconds. All slices of a cell are measured apart from each other and merged. */
export interface Slice {
  shape: Shape;
  load: Load;
  seconds: number;
  /** Slices with the same seed have the same arrivals. */
  seed: number;
  /** Ends the slice early, after so many refusals. */
  untilRefusals?: number;
}

/** What is timed, in milliseconds: to the decision, to the end of the whole round, from the verdict to the effect. */
export const TIMINGS = ['decision', 'round', 'effect'] as const;
export type Timing = (typeof TIMINGS)[number];

/** What the callers saw in a slice. */
export interface Seen {
  timings: Record<Timing, number[]>;
  /** Calls that got what they came for. */
  done: number;
  /** How long each 503 took. */
  refusals: number[];
  /** Anything else that went wrong, by its message. */
  failures: Record<string, number>;
  /** How long the callers were at it, in milliseconds. */
  busyMs: number;
}

export function nothingSeen(): Seen {
  return { timings: { decision: [], round: [], effect: [] }, done: 0, refusals: [], failures: {}, busyMs: 0 };
}

export function loadName(load: Load): string {
  return load.kind === 'open' ? `${load.rate}/s` : `${load.callers} caller${load.callers === 1 ? '' : 's'}`;
}
