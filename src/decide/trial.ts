import type { Engine } from '../policy/trial.ts';
import type { JudgedAction, Situation } from './assess.ts';
import { assess } from './assess.ts';
import { factsOf, weigh } from './judge.ts';

type Assessed = ReturnType<typeof assess>;

const LAST = new WeakMap<JudgedAction, { now: number; tool: Situation['tool']; assessed: Assessed }>();

/** The tools weigh an action under two policies, and again with its past: what it does is found out once. */
function assessOnce(action: JudgedAction, situation: Situation): Assessed {
  const { now, tool } = situation;
  const last = LAST.get(action);
  if (last?.now === now && last.tool === tool) return last.assessed;
  const assessed = assess(action, situation);
  LAST.set(action, { now, tool, assessed });
  return assessed;
}

/** The engine that decides in earnest, for the tools that try policies out. Pure; it never throws. */
export const ENGINE: Engine = {
  weigh: (action, policy, situation) => weigh(action, { ok: true, policy }, situation, assessOnce),
  factsOf,
};
