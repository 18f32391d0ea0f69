import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { tokenize } from './tokens.ts';
import { walk } from './walk.ts';
import type { Sensitivity } from './words.ts';
import { SECRET_PAIRS, SENSITIVE_WORDS } from './words.ts';

/** Arguments that name a thing: their values are read like the name of a target. */
const NAMING_KEYS = new Set(
  'path file filename filepath table tables bucket key name resource object collection secret field fields column columns uri'.split(
    ' ',
  ),
);
const MAX_NAME = 1000;
const DOT_ENV = /(^|[\\/])\.env(\.|$)/;

interface Named {
  type: string;
  target: string;
  context: JsonObject;
}

/** What a call names that is sensitive, sorted: in its type, its target, and arguments that name things. */
export function findSensitivity(action: Named): Sensitivity[] {
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
