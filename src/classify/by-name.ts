import type { Finding } from './finding.ts';
import { tokenize } from './tokens.ts';
import { DEVELOPMENT_WORD, KIND_OF_WORD, PRODUCTION_WORD, STAGING_WORD } from './words.ts';

/** What a name says of the thing that it is about, beside any verb: its kind and its environment. */
export function findByNoun(name: string, part: string): Finding[] {
  const words = tokenize(name);
  return [...findKinds(words, part), ...findEnvironments(words, part)];
}

/** What the name of the target says: its kind and its environment. */
export function findByTarget(target: string): Finding[] {
  return findByNoun(target, 'target');
}

/** The kinds of things that words name. */
export function findKinds(words: readonly string[], part: string): Finding[] {
  return words.flatMap((word) => {
    const targetKind = KIND_OF_WORD.get(word);
    return targetKind ? [{ targetKind, part, says: `it has the word "${word}"` }] : [];
  });
}

/** Environments named in words. A name with both production and another in it counts as production. */
export function findEnvironments(words: readonly string[], part: string): Finding[] {
  return words.flatMap((word) => {
    const environment = environmentOf(word);
    return environment ? [{ environment, part, says: `it has the word "${word}"` } as const] : [];
  });
}

function environmentOf(word: string): Finding['environment'] {
  if (PRODUCTION_WORD.test(word)) return 'production';
  if (STAGING_WORD.test(word)) return 'staging';
  return DEVELOPMENT_WORD.test(word) ? 'development' : undefined;
}
