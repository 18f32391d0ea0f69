import type { ActionStatus, Judgement, Outcome } from '@gatehouse/sdk/contract';
import type { Earlier, Rule } from '../policy/index.ts';
import { followed, MOST_EARLIER, traitsOf } from '../policy/index.ts';
import type { JudgedAction, PolicyInForce, Situation } from './judge.ts';
import { weigh } from './judge.ts';
import { needsOf, pastOf, type Need } from './needs.ts';

const STATUS: Readonly<Record<Outcome, ActionStatus>> = {
  ALLOW: 'claimed',
  REQUIRE_APPROVAL: 'held',
  BLOCK: 'blocked',
};

/**
 * Budgets and sequences of one process, in memory, for deciding without a store. Everything that is not blocked counts
 * from when it was decided.
 */
export class Windows {
  readonly #taken = new Map<string, { at: number; amount: number }[]>();
  readonly #earlier = new Map<string, Earlier[]>();

  /** Judges an action in the light of those before it, and remembers it. */
  judge(action: JudgedAction, inForce: PolicyInForce, situation: Situation): Judgement {
    const first = weigh(action, inForce, situation);
    if (!inForce.ok || !inForce.policy.looksBack) return first.judgement;
    const { now } = situation;
    const found = this.#lookFor(action, first.lookedBack, now);
    const needs = needsOf(first.lookedBack, action, found);
    const past = pastOf(needs, this.#spent(needs, now), found);
    const judgement =
      first.lookedBack.length === 0 ? first.judgement : weigh(action, inForce, { ...situation, past }).judgement;
    if (judgement.outcome !== 'BLOCK')
      for (const { budget, amount } of needs) add(this.#taken, budget, { at: now, amount });
    this.#remember(action, judgement, now);
    return judgement;
  }

  #lookFor(action: JudgedAction, rules: readonly Rule[], now: number): Map<string, boolean> {
    const found = new Map<string, boolean>();
    for (const { id, after } of rules) {
      if (after === null) continue;
      const everywhere = after.per === 'agent' || action.session === undefined;
      const names = everywhere
        ? [nameOf(action.agent)]
        : [nameOf(action.agent, action.session), nameOf(action.agent, null)];
      const earlier = names.flatMap((name) => this.#earlier.get(name) ?? []);
      found.set(id, followed(after, earlier, now));
    }
    return found;
  }

  #spent(needs: readonly Need[], now: number): Map<string, number> {
    return new Map(
      needs.map(({ budget, limit }) => {
        const since = now - limit.withinSeconds * 1000;
        const counted = (this.#taken.get(budget) ?? []).filter(({ at }) => at > since);
        this.#taken.set(budget, counted);
        return [budget, counted.reduce((sum, { amount }) => sum + amount, 0)];
      }),
    );
  }

  #remember({ agent, type, target, session }: JudgedAction, { outcome, classification }: Judgement, at: number): void {
    const earlier = { type, target, status: STATUS[outcome], traits: traitsOf(classification), at };
    for (const name of [nameOf(agent), nameOf(agent, session ?? null)]) {
      const list = add(this.#earlier, name, earlier);
      if (list.length > 2 * MOST_EARLIER + 2) list.splice(0, list.length - MOST_EARLIER - 1);
    }
  }
}

/** All of an agent, one of its sessions, or (null) what it did without one. */
function nameOf(agent: string, session?: string | null): string {
  return JSON.stringify(session === undefined ? [agent] : [agent, session]);
}

function add<T>(lists: Map<string, T[]>, name: string, item: T): T[] {
  const list = lists.get(name) ?? [];
  list.push(item);
  lists.set(name, list);
  return list;
}
