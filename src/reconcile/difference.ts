import type { JsonObject } from '@gatehouse/sdk/contract';

/**
 * Every way in which the two systems can differ, with what can be done about it. `history`: the record is brought to
 * what Temporal's history says. `tell`: the workflow is told to look at the record. `none`: a person has to look.
 */
export const DIFFERENCES = {
  not_recorded: { says: 'A workflow runs or ran, and its action is not on record', repair: 'history' },
  behind: { says: 'The workflow has gone on, and the record has not', repair: 'history' },
  broken_off: { says: 'The workflow was ended from outside, and the action is open on record', repair: 'history' },
  not_told: { says: 'The action is settled on record, and its workflow goes on', repair: 'tell' },
  no_workflow: { says: 'The action is on record, and Temporal has no workflow of it', repair: 'none' },
  contradiction: { says: 'The record and the workflow say different ends', repair: 'none' },
  other_digest: { says: 'The workflow was started for another action than the one on record', repair: 'none' },
  effect_without_claim: { says: 'An effect is on record that nobody had claimed', repair: 'none' },
  verdict_not_given: { says: 'A verdict is on record that neither the history nor a signature proves', repair: 'none' },
  verdict_not_recorded: { says: 'A verdict that counted is in the history and not on record', repair: 'history' },
  key_differs: { says: 'An executor did not get one idempotency key that is the id of the action', repair: 'none' },
} as const satisfies Record<string, { says: string; repair: 'history' | 'tell' | 'none' }>;

export type DifferenceKind = keyof typeof DIFFERENCES;

/** One difference, with what either side says. */
export interface Difference {
  kind: DifferenceKind;
  /** Of the action, and of its workflow. */
  actionId: string;
  runId: string | null;
  record: JsonObject | null;
  temporal: JsonObject | null;
  repair: 'history' | 'tell' | 'none';
}

/** A difference with the repair that is possible for its kind. */
export function difference(
  kind: DifferenceKind,
  of: Pick<Difference, 'actionId' | 'runId'>,
  sides: Pick<Difference, 'record' | 'temporal'>,
): Difference {
  return { kind, ...of, ...sides, repair: DIFFERENCES[kind].repair };
}
