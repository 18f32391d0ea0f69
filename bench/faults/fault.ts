import type { Bed } from './bed.ts';
import type { Part } from './part.ts';
import type { Service } from './probe.ts';

/** One way in which something goes wrong. */
export interface Fault {
  name: string;
  /** How many processes it kills by SIGKILL. */
  kills: number;
  /** Does it, and resolves with the milliseconds from there until it is served again. */
  strike(bed: Bed, context: StrikeContext): Promise<number>;
}

export interface StrikeContext {
  below: (limit: number) => number;
  /** Gives the agents something to do, for a part that dies in the middle of it. */
  stir: () => void;
  /** Tells of what must not be. */
  violated: (says: string) => void;
}

export type Victim = 'api' | 'gate' | 'executors' | 'temporal' | 'agents';
/** What has to work again once it was struck. */
export const SERVICE: Readonly<Record<Victim, Service>> = {
  api: 'answers',
  gate: 'settles',
  executors: 'executes',
  temporal: 'settles',
  agents: 'answers',
};

/** A program of ours that a fault is to meet; which of several gateways is drawn. */
export function partOf(bed: Bed, victim: 'api' | 'gate' | 'executors', below: StrikeContext['below']): Part {
  if (victim !== 'api') return bed[victim];
  const api = bed.apis[below(bed.apis.length)];
  if (api === undefined) throw new Error('There is no API');
  return api;
}

/** Resolves with the milliseconds that it took. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
