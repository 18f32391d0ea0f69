import type { Judgement, Outcome } from '@gatehouse/sdk/contract';
import type { Policy } from '../policy.ts';
import type { Weigh } from '../trial.ts';
import { argumentEdits } from './argument-edits.ts';
import type { Asked, Edit } from './asked.ts';
import { askerEdits } from './asker-edits.ts';
import { constantsOf } from './constants.ts';
import { targetEdits } from './environment-edits.ts';
import type { Change } from './explanation.ts';
import { timeEdits } from './time-edits.ts';

/** Outcomes from mildest to strictest. */
const MILDEST_FIRST: readonly Outcome[] = ['ALLOW', 'REQUIRE_APPROVAL', 'BLOCK'];
const MOST_JUDGEMENTS = 2_000;
/** Long arguments take longer to judge: so many characters are judged in all, and at least so many times. */
const MOST_CHARACTERS = 4_000_000;
const LEAST_JUDGEMENTS = 50;
/** So many single edits are tried two at a time. */
const MOST_PAIRED = 24;
const MOST_CHANGES = 12;

export interface FoundChanges {
  changes: Change[];
  tried: number;
  complete: boolean;
}

export interface SearchOptions {
  /** False leaves out who asks: nobody can change that for an agent. */
  asker: boolean;
}

/**
 * Searches for the smallest changes that alter an outcome: single ones of the arguments, the target's environment, who asks
 * and when; and, where none of them leads to ALLOW, two at a time. Each was judged again. At most 2,000 judgements.
 */
export function findChanges(asked: Asked, policy: Policy, weigh: Weigh, options: SearchOptions): FoundChanges {
  const size = JSON.stringify(asked.action.context).length + 200;
  const budget = Math.max(LEAST_JUDGEMENTS, Math.min(MOST_JUDGEMENTS, Math.floor(MOST_CHARACTERS / size)));
  let tried = 0;
  const judged = (edits: readonly Edit[]): Judgement | undefined => {
    if (tried >= budget) return undefined;
    tried += 1;
    const { action, situation } = edits.reduce((so, edit) => edit.apply(so), asked);
    return weigh(action, policy, situation).judgement;
  };
  const { outcome } = weigh(asked.action, policy, asked.situation).judgement;
  const constants = constantsOf(policy);
  const outcomeOf = (edit: Edit): Outcome | undefined => judged([edit])?.outcome;
  const singles = [
    ...targetEdits(asked.action.target),
    ...argumentEdits(asked.action.context, constants, outcomeOf),
    ...(options.asker ? askerEdits(asked.action, constants) : []),
    ...timeEdits(asked, constants.time),
  ];
  const changes = new Changes(outcome);
  // What alone changes nothing, or for the worse, may be half of what helps.
  const rest: Edit[] = [];
  for (const edit of singles) {
    const judgement = judged([edit]);
    if (judgement === undefined) break;
    changes.add([edit], judgement);
    if (!isMilder(judgement.outcome, outcome)) rest.push(edit);
  }
  if (!changes.reaches('ALLOW') && outcome !== 'ALLOW') {
    const halves = [...changes.milder(), ...rest.sort((a, b) => Number(!a.refine) - Number(!b.refine))];
    for (const pair of pairsOf(halves.slice(0, MOST_PAIRED))) {
      const judgement = judged(pair);
      if (judgement === undefined) break;
      if (judgement.outcome === outcome) continue;
      const refined = refine(pair, judgement.outcome, (edits) => judged(edits)?.outcome);
      changes.add(refined, judged(refined) ?? judgement);
    }
  }
  return { changes: changes.list(), tried, complete: tried < budget };
}

/** Collects what alters the outcome: of one part and one new outcome the first, which is the nearest. */
class Changes {
  readonly #found = new Map<string, { change: Change; edits: readonly Edit[] }>();

  constructor(private readonly outcome: Outcome) {}

  /** A pair of which one half leads to the same outcome alone is not a smallest change. */
  add(edits: readonly Edit[], judgement: Judgement): void {
    if (judgement.outcome === this.outcome) return;
    const keyOf = (some: readonly Edit[]): string =>
      `${judgement.outcome} ${some.map((edit) => edit.part).join(' + ')}`;
    const key = keyOf(edits);
    const known = this.#found.has(key) || (edits.length > 1 && edits.some((edit) => this.#found.has(keyOf([edit]))));
    if (known) return;
    const change: Change = {
      says: edits.map((edit) => edit.says).join(' and '),
      edits: edits.map(({ part, says, value }) => (value === undefined ? { part, says } : { part, says, value })),
      outcome: judgement.outcome,
      matchedRule: judgement.matchedRule,
    };
    this.#found.set(key, { change, edits });
  }

  reaches(outcome: Outcome): boolean {
    return [...this.#found.values()].some(({ change }) => change.outcome === outcome);
  }

  /** The single edits that lead to something milder, for going on from there. */
  milder(): Edit[] {
    return [...this.#found.values()].filter(({ change }) => this.#isMilder(change)).flatMap(({ edits }) => edits);
  }

  list(): Change[] {
    const rank = (change: Change): number =>
      MILDEST_FIRST.indexOf(change.outcome) + (this.#isMilder(change) ? 0 : MILDEST_FIRST.length);
    return [...this.#found.values()]
      .map(({ change }) => change)
      .sort((a, b) => rank(a) - rank(b) || a.edits.length - b.edits.length)
      .slice(0, MOST_CHANGES);
  }

  #isMilder({ outcome }: Change): boolean {
    return isMilder(outcome, this.outcome);
  }
}

function isMilder(a: Outcome, b: Outcome): boolean {
  return MILDEST_FIRST.indexOf(a) < MILDEST_FIRST.indexOf(b);
}

/** Of a pair in which something was made as small as can be: how small it has to be. */
function refine(
  [a, b]: [Edit, Edit],
  wanted: Outcome,
  outcomeOf: (edits: readonly Edit[]) => Outcome | undefined,
): readonly Edit[] {
  const far = (edit: Edit, other: Edit): Edit =>
    edit.refine?.((each) => outcomeOf([other, each])).find((each) => outcomeOf([other, each]) === wanted) ?? edit;
  const nearA = far(a, b);
  return [nearA, far(b, nearA)];
}

function* pairsOf(edits: readonly Edit[]): Generator<[Edit, Edit]> {
  for (const [at, a] of edits.entries()) {
    for (const b of edits.slice(at + 1)) if (a.part !== b.part) yield [a, b];
  }
}
