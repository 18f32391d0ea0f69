import type { JudgedAction, Situation, Weighed } from '../decide/judge.ts';
import type { Facts } from './facts.ts';
import type { Policy } from './policy.ts';

/** An action as the tools try it: what is asked, and who asks. */
export type TriedAction = JudgedAction;
export type { Situation, Weighed };

/** Judges an action under a policy. Pure; it never throws. */
export type Weigh = (action: TriedAction, policy: Policy, situation: Situation) => Weighed;

/** The engine that decides in earnest, handed to the tools: what they say is what it would do. */
export interface Engine {
  weigh: Weigh;
  /** Everything that the rules look at, but for the past. */
  factsOf(action: TriedAction, situation: Situation): Facts;
}
