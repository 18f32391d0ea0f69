import type { Wish } from './wishes.ts';

/** Where an agent's process finds the gate and its targets. */
export interface AgentDoors {
  url: string;
  apiKey: string;
  /** Base URL of the counting server. */
  target: string;
  /** Each run of a callback leaves a line here before its effect. */
  journal: string;
  /** The effects of kind `file`, one line each. */
  file: string;
  /** The effects of kind `row`. */
  database: string;
}

/** `clockShiftMs`: how far its clock is from everybody else's from now on. */
export type ToAgent = { doors: AgentDoors } | { wishes: readonly Wish[] } | { clockShiftMs: number };
/** `ready`: it has its doors. `held`: people are asked. `end`: how the call ended, in a word. */
export type FromAgent = { ready: true } | { held: string } | { key: string; end: string };
