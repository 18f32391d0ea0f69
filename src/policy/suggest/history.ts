import type { ActionStatus, Judgement } from '@gatehouse/sdk/contract';
import type { TriedAction } from '../trial.ts';
import { Observed } from './observed.ts';

/** One action of the record. */
export interface PastAction {
  action: TriedAction;
  judgement: Judgement;
  status: ActionStatus;
}

/** What happened to the actions of one type that one rule held, or that no rule covered. */
export interface Group {
  rule: string | null;
  type: string;
  count: number;
  granted: number;
  rejected: number;
  observed: Observed;
  last: PastAction;
}

const GRANTED: ReadonlySet<ActionStatus> = new Set([
  'scheduled',
  'permitted',
  'claimed',
  'succeeded',
  'failed',
  'unknown',
  'lapsed',
]);
/** Types are made up by callers: of more than so many groups the later ones are left out. */
const MOST_GROUPS = 5_000;

/** Gathers what a record says of the rules of a policy. Bounded in memory. */
export class History {
  readonly #groups = new Map<string, Group>();
  readonly #hits = new Map<string, number>();
  #actions = 0;

  /** Takes one action into account. */
  take(past: PastAction): void {
    const { judgement, action } = past;
    this.#actions += 1;
    const hit = new Set([...judgement.matchedRules, ...judgement.shadowRules].map((rule) => rule.id));
    for (const id of hit) this.#hits.set(id, (this.#hits.get(id) ?? 0) + 1);
    const uncovered = judgement.matchedRules.length === 0;
    if (!uncovered && judgement.outcome !== 'REQUIRE_APPROVAL') return;
    const group = this.#group(uncovered ? null : judgement.matchedRule, past);
    if (group === undefined) return;
    group.count += 1;
    if (judgement.outcome === 'REQUIRE_APPROVAL' && GRANTED.has(past.status)) group.granted += 1;
    if (past.status === 'rejected') group.rejected += 1;
    group.observed.take(action);
    group.last = past;
  }

  /** Takes account of what agents are able to do and may never have done. Only what no rule covers counts. */
  offer(action: TriedAction, judgement: Judgement): void {
    if (judgement.matchedRules.length > 0) return;
    const group = this.#group(null, { action, judgement, status: 'held' });
    if (group?.count === 0) group.observed.take(action);
  }

  get actions(): number {
    return this.#actions;
  }

  /** How often a rule matched. */
  hits(rule: string): number {
    return this.#hits.get(rule) ?? 0;
  }

  /** The groups, those with the most actions first. */
  groups(): Group[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count);
  }

  #group(rule: string | null, last: PastAction): Group | undefined {
    const { type } = last.action;
    const key = JSON.stringify([rule, type]);
    const known = this.#groups.get(key);
    if (known !== undefined || this.#groups.size >= MOST_GROUPS) return known;
    const group = { rule, type, count: 0, granted: 0, rejected: 0, observed: new Observed(), last };
    this.#groups.set(key, group);
    return group;
  }
}
