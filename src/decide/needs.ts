import type { Limit, Past, Rule } from '../policy/index.ts';
import { takes } from '../policy/index.ts';
import type { BudgetQuery, Reservation } from '../store/budgets.ts';
import type { JudgedAction } from './judge.ts';

/** What an action would take under one rule, and where it stands in the store. */
export interface Need extends Reservation {
  limit: Limit;
}

/** The budgets that an action is held against: those of the rules that fit and whose sequence, if any, was found. */
export function needsOf(
  lookedBack: readonly Rule[],
  action: JudgedAction,
  followed: ReadonlyMap<string, boolean>,
): Need[] {
  return lookedBack.flatMap(({ id, limit }) => {
    if (limit === null || followed.get(id) === false) return [];
    const amount = takes(limit, action.context);
    if (amount === null) return [];
    const terms = `${String(limit.max)} in ${String(limit.withinSeconds)}`;
    return [{ rule: id, budget: budgetOf(id, limit, action), terms, amount, limit }];
  });
}

/**
 * The name of a budget. Agents without a team share one, and an agent without a session is its own: leaving a fact out
 * opens no budget of one's own.
 */
function budgetOf(rule: string, { per, sum }: Limit, { agent, session, asker }: JudgedAction): string {
  const whose = {
    agent: [agent],
    session: session === undefined ? [agent] : [agent, session],
    team: [asker?.team ?? null],
    global: [],
  }[per];
  return JSON.stringify([rule, per, whose, sum?.join('.') ?? 'actions']);
}

/** What the store is asked for. Of counts no more is read than the limit needs. */
export function queriesOf(needs: readonly Need[], now: number): BudgetQuery[] {
  return needs.map(({ budget, limit }) => ({
    budget,
    since: now - limit.withinSeconds * 1000,
    most: limit.sum === null ? Math.min(Math.floor(limit.max) + 2, MOST_COUNTED) : undefined,
  }));
}

const MOST_COUNTED = 1_000_000_000;

/** The past as rules ask of it, from what the budgets hold. */
export function pastOf(
  needs: readonly Need[],
  spent: ReadonlyMap<string, number>,
  followed: ReadonlyMap<string, boolean>,
): Past {
  return { spent: new Map(needs.map(({ rule, budget }) => [rule, spent.get(budget) ?? 0])), followed };
}

/** A need as it is written. */
export function toReservation({ rule, budget, terms, amount }: Need): Reservation {
  return { rule, budget, terms, amount };
}
