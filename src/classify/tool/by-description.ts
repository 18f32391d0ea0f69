import type { Finding } from '../finding.ts';
import type { DescriptionReading } from './description.ts';
import { effectsOf, isTrifle } from './effects.ts';
import { NOUN_VERBS } from './verbs.ts';

const PART = 'tool.description';
/** "Performs a check", "Resolves a name", "Generates a summary": verbs that decide nothing where the name reads. */
const LIGHT_VERBS = new Set(
  'perform execute run make call issue conduct resolve generate take prepare connect evaluate'.split(' '),
);

/** What a description says, beside what the name says: `reads` when the name only reads. */
export function findInDescription(
  { verb, words, besides, warnings }: DescriptionReading,
  name: { words: readonly string[]; reads: boolean },
): Finding[] {
  const found: Finding[] = [];
  // "Order details" of `get_order`: what could be a noun is one, where the name reads.
  const says = verb !== undefined && !(name.reads && (NOUN_VERBS.has(verb.base) || LIGHT_VERBS.has(verb.base)));
  for (const one of says ? [verb, ...besides] : besides) {
    const { word, base, operation } = one;
    const effects = effectsOf(base, operation, [...name.words, ...words]);
    found.push({ ...effects, operation, confidence: 'low', part: PART, says: `it says "${word}"` });
  }
  const readsOnly = found.every((finding) => finding.operation === 'read') && (found.length > 0 || name.reads);
  if (readsOnly) return found;
  const { loss, final } = warnings;
  if (loss !== undefined && !isTrifle(name.words)) {
    found.push({ destructive: true, irreversible: true, part: PART, says: `it warns: "${loss}"` });
  }
  if (final !== undefined) found.push({ irreversible: true, part: PART, says: `it warns: "${final}"` });
  return found;
}

/** For a tool of which nothing else is known: that it claims to change nothing. */
export function findHarmless({ warnings }: DescriptionReading): Finding[] {
  if (warnings.harmless === undefined) return [];
  return [{ operation: 'read', confidence: 'low', part: PART, says: `it says "${warnings.harmless}"` }];
}
