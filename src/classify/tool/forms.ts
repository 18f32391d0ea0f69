import type { Operation } from '@gatehouse/sdk/contract';
import { changing, isReading } from './verbs.ts';

/** A word of a sentence as a verb. */
export interface SpokenVerb {
  /** As it stands there, lower-cased. */
  word: string;
  /** Its base form: `delete` of `deleting`. */
  base: string;
  operation: Operation;
}

/** Words with which a description begins that tells what comes back, and `download`, which gets a copy. */
const TELLING =
  /^(returns?|returning|provides?|providing|gives?|tells?|outputs?|contains?|lists?|details|information|overview|current|downloads?)$/;

/** What a word of a sentence does: as it stands, in the third person, or as a gerund. */
export function spokenVerb(raw: string): SpokenVerb | undefined {
  const word = raw.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '').toLowerCase();
  if (TELLING.test(word)) return { word, base: word, operation: 'read' };
  for (const base of baseForms(word)) {
    const operation = isReading(base) ? 'read' : changing(base);
    if (operation !== undefined) return { word, base, operation };
  }
  return undefined;
}

/** `deletes` and `deleting` to `delete`, `modifies` to `modify`, `running` to `run`. */
function baseForms(word: string): string[] {
  const forms = [word];
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('es')) forms.push(word.slice(0, -2));
  if (word.endsWith('s')) forms.push(word.slice(0, -1));
  if (word.endsWith('ing')) {
    const stem = word.slice(0, -3);
    forms.push(`${stem}e`, stem);
    if (stem.at(-1) === stem.at(-2)) forms.push(stem.slice(0, -1));
  }
  return forms;
}
