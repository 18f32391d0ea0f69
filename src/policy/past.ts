import type { Effect, JsonObject } from '@gatehouse/sdk/contract';
import type { Limit } from './limits.ts';
import { exceeds } from './limits.ts';
import type { After } from './sequence.ts';

/** What a rule asks of the time before the action. */
export interface LookBack {
  readonly effect: Effect;
  readonly limit: Limit | null;
  readonly after: After | null;
}

/** What is known of that time, by the id of the rule that asks. What is not in here could not be told. */
export interface Past {
  /** What the rule's window holds without this action. */
  spent: ReadonlyMap<string, number>;
  /** Rules on whose budget the action has its place already, on the terms of now: these limits are not asked again. */
  reserved?: ReadonlySet<string>;
  /** Whether such an earlier action was found. */
  followed: ReadonlyMap<string, boolean>;
}

/** How a rule that fits otherwise stands in the light of the past. */
export interface Hindsight {
  applies: boolean;
  /** In words, for the end of the rule's reason; null where there is nothing to say. */
  says: string | null;
}

const APPLIES: Hindsight = { applies: true, says: null };
const SPARED: Hindsight = { applies: false, says: null };

/**
 * Holds a rule against the past. It applies to what follows such an action and exceeds its limit, and to whatever could
 * not be told: only rules that block or ask look back.
 */
export function inHindsight(id: string, rule: LookBack, args: JsonObject, past: Past | undefined): Hindsight {
  const { effect, limit, after } = rule;
  // INVARIANT: what was done before never loosens. An override may have turned a rule with a budget into one that allows.
  if (effect === 'allow') return SPARED;
  if (after !== null && past?.followed.get(id) === false) return SPARED;
  if (limit === null) {
    return after !== null && past?.followed.get(id) === undefined
      ? { applies: true, says: 'what was done before could not be told' }
      : APPLIES;
  }
  if (past?.reserved?.has(id) === true) return SPARED;
  const says = exceeds(limit, args, past?.spent.get(id));
  return says === null ? SPARED : { applies: true, says };
}
