import type { ActionStatus } from '@gatehouse/sdk/contract';
import type { Limit } from '../limits.ts';
import { takes } from '../limits.ts';
import type { Past } from '../past.ts';
import type { Rule } from '../policy.ts';
import type { Earlier } from '../sequence.ts';
import { followed, MOST_EARLIER } from '../sequence.ts';
import type { TriedAction } from '../trial.ts';

const REFUSED: ReadonlySet<ActionStatus> = new Set<ActionStatus>([
  'blocked',
  'rejected',
  'expired',
  'cancelled',
  'lapsed',
]);

interface Spending {
  at: number;
  amount: number;
}

/**
 * What the rules of one policy would have found of the past, action by action, oldest first. An action counts as it went
 * in truth: what was refused then takes nothing from a budget.
 */
export class ReplayedPast {
  readonly #earlier = new Map<string, Earlier[]>();
  readonly #spent = new Map<string, Spending[]>();

  /** What the rules that look back find before an action. */
  before(action: TriedAction, rules: readonly Rule[], now: number): Past {
    const spent = new Map<string, number>();
    const found = new Map<string, boolean>();
    for (const rule of rules) {
      const { id, after, limit } = rule;
      if (after !== null) found.set(id, followed(after, this.#earlier.get(keyOf(after.per, action)) ?? [], now));
      if (limit !== null) spent.set(id, this.#inWindow(budgetOf(id, limit, action), now - limit.withinSeconds * 1000));
    }
    return { spent, followed: found };
  }

  /** Puts an action into the past. `rules` are those that look back and fit it. */
  add(action: TriedAction, earlier: Earlier, rules: readonly Rule[]): void {
    for (const per of ['agent', 'session'] as const) {
      const key = keyOf(per, action);
      const list = this.#earlier.get(key) ?? [];
      list.push(earlier);
      // One more than is looked at, so that too many still count as too many.
      if (list.length > 2 * MOST_EARLIER) list.splice(0, list.length - MOST_EARLIER - 1);
      this.#earlier.set(key, list);
    }
    if (REFUSED.has(earlier.status)) return;
    for (const { id, limit } of rules) {
      const amount = limit === null ? null : takes(limit, action.context);
      if (limit === null || amount === null) continue;
      const key = budgetOf(id, limit, action);
      this.#spent.set(key, [...(this.#spent.get(key) ?? []), { at: earlier.at, amount }]);
    }
  }

  #inWindow(key: string, since: number): number {
    const all = this.#spent.get(key) ?? [];
    const kept = all.filter(({ at }) => at > since);
    if (kept.length < all.length) this.#spent.set(key, kept);
    return kept.reduce((sum, { amount }) => sum + amount, 0);
  }
}

/** An agent without a session is its own. */
function keyOf(per: 'agent' | 'session', { agent, session }: TriedAction): string {
  return JSON.stringify(per === 'agent' || session === undefined ? [agent] : [agent, session]);
}

function budgetOf(rule: string, { per }: Limit, action: TriedAction): string {
  if (per === 'global') return JSON.stringify([rule]);
  if (per === 'team') return JSON.stringify([rule, action.asker?.team ?? null]);
  return JSON.stringify([rule, keyOf(per, action)]);
}
