import type { ClassifiedAction } from '../../src/classify/index.ts';

/** One input, and what must hold for it. */
export interface Input {
  action: ClassifiedAction;
  /** Something that knows nothing of the classifier says that this cannot be read: it must not count as a read. */
  unreadable: boolean;
  /** Texts that must not be in anything that is said about the action. */
  hidden?: readonly string[];
}

/** A kind of input: how it is made from a seed, and how many of its inputs are the heavy ones. */
export interface Kind {
  name: string;
  /** Actions that load what is loaded lazily, before anything is timed. */
  warm: readonly ClassifiedAction[];
  inputs(seed: number, runs: number): Iterable<Input>;
}

/** Of so many inputs one is a megabyte: they take a thousand times as long as the others. */
export const HEAVY = 500;
