import type { Judgement } from '@gatehouse/sdk/contract';
import type { Past, Rule } from '../policy/index.ts';
import type { ActionRow, NewAction } from '../store/actions.ts';
import { insertAction } from '../store/actions.ts';
import type { Reservation } from '../store/budgets.ts';
import { insertUnderBudgets, reserveAgain } from '../store/under-budgets.ts';
import type { DecideDeps } from './deps.ts';
import { lookForEarlier, type Subject } from './earlier.ts';
import { needsOf, pastOf, queriesOf, toReservation, type Need } from './needs.ts';

/** A decided action, ready to be written. */
export type Recorded = NewAction & { row: ActionRow };

/** Judges with what is known of the past. */
type JudgeWith = (past: Past) => Judgement;

/**
 * Decides an action for which rules ask of the past, and writes it with what it takes from budgets, all in one
 * transaction. Returns null when the action is on record already.
 */
export async function recordInHindsight(
  deps: DecideDeps,
  subject: Subject,
  rules: readonly Rule[],
  judgeWith: JudgeWith,
  record: (judgement: Judgement) => Recorded,
): Promise<ActionRow | null> {
  const { actionId, action, now } = subject;
  const followed = await lookForEarlier(deps.store, subject, rules);
  const needs = needsOf(rules, action, followed);
  if (needs.length === 0) {
    const recorded = record(judgeWith(pastOf([], new Map(), followed)));
    return (await insertAction(deps.store, recorded)) ? recorded.row : null;
  }
  const asked = { actionId, queries: queriesOf(needs, now), now };
  const written = await insertUnderBudgets(deps.store, asked, (spent) => {
    const judgement = judgeWith(pastOf(needs, spent, followed));
    const reservations = takenBy(judgement, needs);
    const recorded = record(judgement);
    return { ...recorded, row: { ...recorded.row, reserved: reservations.length > 0 ? 1 : 0 }, reservations };
  });
  return written?.row ?? null;
}

/**
 * Judges an action that has not run again. On a budget where it has its place, and whose terms are the same, it keeps
 * it; any other is asked as for a new action, and reserved where it is not exceeded or people were asked about that.
 *
 * @param asked the rules for which people have been asked
 */
export async function weighInHindsight(
  deps: DecideDeps,
  subject: Subject,
  rules: readonly Rule[],
  judgeWith: JudgeWith,
  asked: ReadonlySet<string>,
): Promise<Judgement> {
  const { actionId, action, now } = subject;
  const followed = await lookForEarlier(deps.store, subject, rules);
  const needs = needsOf(rules, action, followed);
  if (needs.length === 0) return judgeWith(pastOf([], new Map(), followed));
  const budgets = { actionId, queries: queriesOf(needs, now), now };
  const weighed = await reserveAgain(deps.store, budgets, (spent, terms) => {
    const kept = needs.filter((need) => terms.get(need.rule) === `${need.budget} ${need.terms}`);
    const reserved = new Set(kept.map(({ rule }) => rule));
    const judgement = judgeWith({ ...pastOf(needs, spent, followed), reserved });
    const exceeded = new Set(judgement.matchedRules.map(({ id }) => id));
    // A place beyond the limit is given by people alone: otherwise the next look would take it for one within.
    const taken = needs.filter(({ rule }) => !reserved.has(rule) && (!exceeded.has(rule) || asked.has(rule)));
    return { judgement, reservations: takenBy(judgement, taken) };
  });
  return weighed.judgement;
}

/**
 * Judges an action whose arguments a reviewer has edited, and reserves what it takes with them in place of what it took
 * before.
 */
export async function weighAnew(
  deps: DecideDeps,
  subject: Subject,
  rules: readonly Rule[],
  judgeWith: JudgeWith,
): Promise<Judgement> {
  const { actionId, action, now } = subject;
  const followed = await lookForEarlier(deps.store, subject, rules);
  const needs = needsOf(rules, action, followed);
  const budgets = { actionId, queries: queriesOf(needs, now), now, anew: true };
  const weighed = await reserveAgain(deps.store, budgets, (spent) => {
    const judgement = judgeWith(pastOf(needs, spent, followed));
    return { judgement, reservations: takenBy(judgement, needs) };
  });
  return weighed.judgement;
}

/** What is blocked takes nothing; what is held takes its place when it is asked for, so that approvals cannot exceed. */
function takenBy(judgement: Judgement, needs: readonly Need[]): Reservation[] {
  return judgement.outcome === 'BLOCK' ? [] : needs.map(toReservation);
}
