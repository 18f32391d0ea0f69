import type { Operation } from '@gatehouse/sdk/contract';
import type { Finding } from './finding.ts';
import { looksForged, segments, tokenize } from './tokens.ts';
import {
  ADMIN_OBJECTS,
  CHANGING_VERBS,
  DESTRUCTIVE_STEM,
  DEVELOPMENT_WORD,
  JOINING_WORDS,
  KIND_OF_WORD,
  NOUN_VERBS,
  PRODUCTION_WORD,
  READ_VERBS,
  STAGING_WORD,
} from './words.ts';

/** What the type of an action says: its operation by its verbs, its kind by its nouns. */
export function findByType(type: string): Finding[] {
  const findings: Finding[] = [];
  const parts = segments(type).map(tokenize);
  const all = parts.flat();
  const opening = parts.at(-1)?.[0];
  const reads = opening !== undefined && READ_VERBS.has(opening);
  const joined = all.some((word) => JOINING_WORDS.has(word));
  if (reads) findings.push({ operation: 'read', part: 'type', says: `it opens with "${opening}"` });
  if (looksForged(type)) {
    findings.push({ operation: 'unknown', part: 'type', says: 'it has characters outside plain ASCII' });
  }
  for (const word of all) {
    const operation = changing(word);
    if (operation === undefined) continue;
    if (reads && !joined && NOUN_VERBS.has(word)) continue;
    findings.push({ operation, part: 'type', says: `it has the word "${word}"` });
    const object = operation === 'write' || operation === 'execute' ? all.find((w) => ADMIN_OBJECTS.has(w)) : undefined;
    if (object) findings.push({ operation: 'administer', part: 'type', says: `it changes "${object}"` });
  }
  return [...findings, ...findKinds(all, 'type'), ...findEnvironments(all, 'type')];
}

/** What the name of the target says: its kind and its environment. */
export function findByTarget(target: string): Finding[] {
  const words = tokenize(target);
  return [...findKinds(words, 'target'), ...findEnvironments(words, 'target')];
}

/** The operation that a word stands for when it changes something; `deletes` and `bulkdelete` count as `delete`. */
export function changing(word: string): Operation | undefined {
  const known = CHANGING_VERBS.get(word);
  if (known !== undefined) return known;
  if (DESTRUCTIVE_STEM.test(word)) return 'delete';
  const singular = word.endsWith('s') ? CHANGING_VERBS.get(word.slice(0, -1)) : undefined;
  return singular === 'delete' ? singular : undefined;
}

function findKinds(words: readonly string[], part: string): Finding[] {
  return words.flatMap((word) => {
    const targetKind = KIND_OF_WORD.get(word);
    return targetKind ? [{ targetKind, part, says: `it has the word "${word}"` }] : [];
  });
}

/** Environments named in words. A name with both production and another in it counts as production. */
export function findEnvironments(words: readonly string[], part: string): Finding[] {
  return words.flatMap((word) => {
    const environment = PRODUCTION_WORD.test(word)
      ? 'production'
      : STAGING_WORD.test(word)
        ? 'staging'
        : DEVELOPMENT_WORD.test(word)
          ? 'development'
          : undefined;
    return environment ? [{ environment, part, says: `it has the word "${word}"` } as const] : [];
  });
}
