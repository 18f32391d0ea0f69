import type { Finding } from '../finding.ts';
import { looksForged } from '../tokens.ts';
import { isCarrier } from './carrier.ts';
import { effectsOf } from './effects.ts';
import { adminObject, readName } from './name.ts';

export interface NamePlace {
  /** What the name is the name of, e.g. `type`. */
  part: string;
  server?: string | undefined;
  /** The description says that it reads. */
  agrees?: boolean;
  /** A word that may mean anything is explained by something else. */
  excusesVague?: boolean;
  /** One of its arguments takes code. */
  takesCode?: boolean;
}

const RUNNING = new Set(['execute', 'exec', 'run', 'eval', 'evaluate', 'invoke', 'call', 'query']);

/** What the verbs of a name say that it does. */
export function findInName(name: string, place: NamePlace): Finding[] {
  const { part, agrees = false, server = '' } = place;
  const { words, reads, changes, vague } = readName(name, { agrees, server });
  const found: Finding[] = [];
  if (looksForged(name)) {
    found.push({ operation: 'unknown', part, says: 'it has characters that may look like others' });
  }
  const runsCode =
    place.takesCode === true &&
    (reads === undefined || RUNNING.has(reads)) &&
    changes.every(({ word }) => RUNNING.has(word)) &&
    words.some((word) => RUNNING.has(word));
  if (isCarrier(words) || runsCode) {
    const says = `"${words.join(' ')}" hands over something to be run`;
    return [
      ...found,
      { operation: 'execute', destructive: true, irreversible: true, carrier: true, confidence: 'medium', part, says },
    ];
  }
  if (reads !== undefined) {
    found.push({ operation: 'read', confidence: 'medium', part, says: `its verb is "${reads}"` });
  }
  for (const { word, operation } of changes) {
    const effects = effectsOf(word, operation, words);
    found.push({ ...effects, operation, confidence: 'medium', part, says: `it has the word "${word}"` });
    const object = operation === 'write' || operation === 'execute' ? adminObject(words) : undefined;
    if (object !== undefined) {
      found.push({ operation: 'administer', confidence: 'medium', part, says: `it changes "${object}"` });
    }
  }
  if (vague !== undefined && place.excusesVague !== true) {
    found.push({ operation: 'unknown', part, says: `"${vague}" may mean anything` });
  }
  return found;
}
