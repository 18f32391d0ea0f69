import type { ActionStatus, Judgement, Outcome } from '@gatehouse/sdk/contract';
import { DateTime } from 'luxon';
import type { Policy } from '../policy.ts';
import { traitsOf } from '../sequence.ts';
import type { Engine, TriedAction } from '../trial.ts';
import { Matrix } from './matrix.ts';
import { ReplayedPast } from './replayed-past.ts';
import type { ChangedAction, ChangeGroup, SimulationReport } from './report.ts';

/** An action of the past, with what was known when it was decided. */
export interface RecordedAction {
  actionId: string | null;
  action: TriedAction;
  /** When it was decided, in milliseconds since the epoch. */
  at: number;
  /** What came of it then; null where nothing is on record. */
  recorded: { outcome: Outcome; status: ActionStatus } | null;
}

export interface SimulationOptions {
  candidate: Policy;
  /** The policy in force; null compares with the record, or with nothing. */
  current: Policy | null;
  engine: Engine;
  /** How many changes are listed. */
  limit: number;
}

const MOST_GROUPS = 50;
const DAY_MS = 86_400_000;
const STATUS_OF: Readonly<Record<Outcome, ActionStatus>> = {
  ALLOW: 'succeeded',
  REQUIRE_APPROVAL: 'succeeded',
  BLOCK: 'blocked',
};

/**
 * Tries a candidate policy on recorded actions, given oldest first. Both policies are judged alike, budgets and sequences
 * replayed from what truly ran, so that what is reported as a change comes from the policy alone. Pure; bounded memory.
 */
export class Simulation {
  readonly #options: SimulationOptions;
  readonly #candidatePast = new ReplayedPast();
  readonly #currentPast = new ReplayedPast();
  readonly #matrix = new Matrix();
  readonly #shadow = new Matrix();
  readonly #drift = new Matrix();
  readonly #groups = new Map<string, ChangeGroup>();
  readonly #changes: ChangedAction[] = [];
  #actions = 0;
  #recorded = 0;
  #first: number | null = null;
  #last: number | null = null;
  #asked = { before: 0, after: 0 };

  constructor(options: SimulationOptions) {
    this.#options = options;
  }

  /** Judges one action under both policies. */
  take(one: RecordedAction): void {
    const { candidate, current } = this.#options;
    const after = this.#judge(one, candidate, this.#candidatePast);
    const before = current === null ? null : this.#judge(one, current, this.#currentPast);
    this.#actions += 1;
    this.#first ??= one.at;
    this.#last = one.at;
    if (one.recorded !== null) this.#recorded += 1;
    if (after.outcome === 'REQUIRE_APPROVAL') this.#asked.after += 1;
    if (after.shadowOutcome != null) this.#shadow.add(after.outcome, after.shadowOutcome);
    if (before !== null && one.recorded !== null) this.#drift.add(one.recorded.outcome, before.outcome);
    const from = before?.outcome ?? one.recorded?.outcome;
    if (from === undefined) return;
    if (from === 'REQUIRE_APPROVAL') this.#asked.before += 1;
    this.#matrix.add(from, after.outcome);
    if (from !== after.outcome) this.#note(one, from, before, after);
  }

  /** What came out so far. */
  report(facts: { truncated: boolean; unreadable: number }): SimulationReport {
    const { candidate, current } = this.#options;
    const days = Math.max(1, ((this.#last ?? 0) - (this.#first ?? 0)) / DAY_MS);
    const aDay = (count: number): number => Number((count / days).toFixed(2));
    const { before, after } = this.#asked;
    const baseline = current !== null ? 'current' : this.#recorded > 0 ? 'recorded' : 'none';
    return {
      candidateDigest: candidate.digest,
      currentDigest: current?.digest ?? null,
      baseline,
      from: timeOf(this.#first),
      to: timeOf(this.#last),
      days: Number(days.toFixed(2)),
      actions: this.#actions,
      ...facts,
      changed: this.#matrix.changed,
      matrix: this.#matrix.transitions(),
      groups: [...this.#groups.values()].sort((a, b) => b.count - a.count).slice(0, MOST_GROUPS),
      changes: this.#changes,
      approvalsADay: { before: aDay(before), after: aDay(after), difference: aDay(after - before) },
      shadow: { changed: this.#shadow.changed, matrix: this.#shadow.transitions() },
      drift: { changed: this.#drift.changed, matrix: this.#drift.transitions() },
      notes: this.#notes(baseline),
    };
  }

  #judge({ action, at, recorded }: RecordedAction, policy: Policy, past: ReplayedPast): Judgement {
    const { weigh } = this.#options.engine;
    const first = weigh(action, policy, { now: at });
    if (!policy.looksBack) return first.judgement;
    const { lookedBack } = first;
    const judgement =
      lookedBack.length === 0
        ? first.judgement
        : weigh(action, policy, { now: at, past: past.before(action, lookedBack, at) }).judgement;
    const status = recorded?.status ?? STATUS_OF[judgement.outcome];
    const traits = traitsOf(judgement.classification);
    past.add(action, { type: action.type, target: action.target, status, traits, at }, lookedBack);
    return judgement;
  }

  #note(one: RecordedAction, from: Outcome, before: Judgement | null, after: Judgement): void {
    const { type, target, agent } = one.action;
    const group = { type, from, to: after.outcome, fromRule: before?.matchedRule ?? null, toRule: after.matchedRule };
    const key = JSON.stringify(group);
    const known = this.#groups.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.#groups.size < 10 * MOST_GROUPS) this.#groups.set(key, { ...group, count: 1 });
    if (this.#changes.length >= this.#options.limit) return;
    const verdict = ({ outcome, matchedRule: rule, reason }: Judgement) => ({ outcome, rule, reason });
    this.#changes.push({
      actionId: one.actionId,
      at: timeOf(one.at) ?? '',
      agent,
      type,
      target,
      recorded: one.recorded?.outcome ?? null,
      current: before === null ? null : verdict(before),
      candidate: verdict(after),
    });
  }

  #notes(baseline: SimulationReport['baseline']): string[] {
    const { candidate, current } = this.#options;
    const notes: string[] = [];
    if (candidate.looksBack || current?.looksBack === true) {
      notes.push(
        'Budgets and sequences are replayed from what ran then, from the first of these actions on: what came before it, ' +
          'and what agents would have done after another answer, is not in these numbers.',
      );
    }
    if (baseline === 'none')
      notes.push('Nothing is on record and no policy was given to compare with: no changes are counted.');
    if (this.#drift.changed > 0) {
      notes.push(
        `${String(this.#drift.changed)} actions were decided otherwise then than the policy in force decides them now. ` +
          'They count as changes only where the candidate differs from the policy in force.',
      );
    }
    notes.push(
      'Kill switches, what the inventory knew of a tool, and the verdicts that people would have given are not simulated.',
    );
    return notes;
  }
}

function timeOf(at: number | null): string | null {
  return at === null ? null : DateTime.fromMillis(at, { zone: 'UTC' }).toISO();
}
