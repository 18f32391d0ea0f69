import type { Classification, Json, JsonObject } from '@gatehouse/sdk/contract';
import type { Quantity } from './amount.ts';
import { findAmount } from './amount.ts';
import { findByTarget } from './by-name.ts';
import type { ClassifiedAction } from './classify.ts';
import { strictest } from './finding.ts';
import { findReach } from './reach.ts';
import { tokenize } from './tokens.ts';
import { walk } from './walk.ts';
import type { Sensitivity } from './words.ts';
import { SECRET_PAIRS, SENSITIVE_WORDS } from './words.ts';

/** What was found in a call beside its class: how much, how many, how secret. */
export interface Examination {
  amount: Quantity;
  count: Quantity;
  recipients: Quantity;
  /** It reaches everything or everyone at once. */
  everything: boolean;
  /** What the call touches that is sensitive, sorted. */
  sensitivity: Sensitivity[];
  /** The environment as the target's own name says, whatever the arguments claim. */
  targetEnvironment: Classification['environment'];
}

/** Arguments that name a thing: their values are read like the name of a target. */
const NAMING_KEYS = new Set(
  'path file filename filepath table tables bucket key name resource object collection secret field fields column columns uri'.split(
    ' ',
  ),
);
const MAX_NAME = 1000;
const DOT_ENV = /(^|[\\/])\.env(\.|$)/;

/** Looks through a call for quantities, reach and sensitive things. Bounded in time for any input; never throws. */
export function examine(action: ClassifiedAction): Examination {
  return {
    amount: findAmount(action.context),
    ...findReach(action.type, action.context),
    sensitivity: findSensitivity(action),
    targetEnvironment: strictest(findByTarget(action.target)).environment,
  };
}

function findSensitivity(action: ClassifiedAction): Sensitivity[] {
  const found = new Set<Sensitivity>();
  note(action.type, found);
  note(action.target, found);
  noteNamed(action.context, found);
  return [...found].sort();
}

function noteNamed(context: JsonObject, found: Set<Sensitivity>): void {
  walk(context, (key, value) => {
    if (!NAMING_KEYS.has(key.toLowerCase())) return;
    for (const one of Array.isArray(value) ? value.slice(0, 1000) : [value]) noteText(one, found);
  });
}

function noteText(value: Json, found: Set<Sensitivity>): void {
  if (typeof value === 'string') note(value.slice(0, MAX_NAME), found);
}

function note(name: string, found: Set<Sensitivity>): void {
  if (DOT_ENV.test(name)) found.add('secrets');
  const words = tokenize(name);
  words.forEach((word, index) => {
    for (const [kind, list] of Object.entries(SENSITIVE_WORDS)) {
      if (list.has(word)) found.add(kind as Sensitivity);
    }
    if (SECRET_PAIRS.has(`${words[index - 1] ?? ''}_${word}`)) found.add('secrets');
  });
}
