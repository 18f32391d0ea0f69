import type { Operation } from '@gatehouse/sdk/contract';
import { segments, tokenize } from '../tokens.ts';
import { ADMIN_OBJECTS, JOINING_WORDS, KIND_OF_WORD } from '../words.ts';
import {
  changing,
  COMPOUND_NOUNS,
  isPlainlyReading,
  isReading,
  NOUN_VERBS,
  PROPERTY_NOUNS,
  VAGUE_WORDS,
} from './verbs.ts';

/** What a name says by its verbs, wherever they stand. */
export interface NameReading {
  words: readonly string[];
  /** The verb that only looks, where the name has one in the place of a verb. */
  reads: string | undefined;
  /** Verbs that change something, and are not taken for nouns. */
  changes: readonly { word: string; operation: Operation }[];
  /** A word that may mean anything (`manage`). */
  vague: string | undefined;
}

const REST = /^(GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)[\s_:-]+(?=\S)/;
const MODIFIERS = new Set('batch bulk multi mass quick force safe async try admin'.split(' '));
const MAX_NAME = 300;

/**
 * Reads a name of any style. `server` is a prefix to leave out; `agrees` is true when the description says that the tool
 * reads, which turns words that may be nouns into nouns. It excuses no verb in the first place but those that are as
 * often nouns, and then only when a verb that reads is there as well.
 */
export function readName(name: string, { server = '', agrees = false } = {}): NameReading {
  const cut = name.slice(0, MAX_NAME);
  const method = REST.exec(cut)?.[1]?.toLowerCase();
  const parts = segments(method === undefined ? cut : cut.slice(method.length)).map(tokenize);
  const own = withoutServer(parts.at(-1) ?? [], server);
  const before = parts.slice(0, -1).flat();
  const words = [...(method === undefined ? [] : [method]), ...before, ...own];
  const at = method === undefined ? before.length + openingOf(own) : 0;
  const reads = method === 'get' || method === 'head' || method === 'options' ? method : findRead(words, at, agrees);
  const joined = words.some((_, index) => joins(words, index));
  const opens = reads !== undefined && words[at] === reads;
  const changes = words.flatMap((word, index) => {
    const operation = changing(word);
    if (operation === undefined) return [];
    const after = reads !== undefined && index > words.indexOf(reads);
    const last = index === words.length - 1;
    const place = { first: index === at, last, opens, reads: reads !== undefined, after, joined, agrees };
    return isNoun(words, index, place) ? [] : [{ word, operation }];
  });
  return { words, reads, changes, vague: words.find((word) => VAGUE_WORDS.has(word)) };
}

interface Place {
  first: boolean;
  last: boolean;
  /** The name opens with a verb that reads, or has one at all. */
  opens: boolean;
  reads: boolean;
  /** The word stands after that verb. */
  after: boolean;
  joined: boolean;
  agrees: boolean;
}

function isNoun(words: readonly string[], index: number, place: Place): boolean {
  const { first, last, opens, reads, after, joined, agrees } = place;
  const word = words[index] ?? '';
  if (COMPOUND_NOUNS.has(`${word}_${words[index + 1] ?? ''}`)) return true;
  // `create_or_update_page`: what is joined to a verb is one as well.
  if (joins(words, index - 1)) return false;
  const maybe = NOUN_VERBS.has(word);
  if (opens && !joined && maybe) return true;
  if (agrees && reads) return maybe || (after && !joined);
  if (agrees) return maybe && (PROPERTY_NOUNS.has(words[index + 1] ?? '') || (!first && !last));
  return maybe && !first && !last && !reads;
}

/** True for a word that joins two verbs. In `issues_associated_with_commit` it joins a thing to its kind. */
function joins(words: readonly string[], index: number): boolean {
  const word = words[index] ?? '';
  return JOINING_WORDS.has(word) && !(word === 'with' && words[index - 1]?.endsWith('ed') === true);
}

/** The first word of a name that reads in the place of a verb: opening it, plainly a verb, or after a thing. */
function findRead(words: readonly string[], at: number, agrees: boolean): string | undefined {
  return words.find((word, index) => {
    if (index < at || !isReading(word)) return false;
    if (index === at || isPlainlyReading(word) || agrees) return true;
    const previous = words[index - 1] ?? '';
    return changing(previous) === undefined && (previous.endsWith('s') || KIND_OF_WORD.has(previous));
  });
}

/** `BatchGetItem` and `bulk_get` open with their second word. */
function openingOf(words: readonly string[]): number {
  const [first = '', second = ''] = words;
  return MODIFIERS.has(first) && isReading(second) ? 1 : 0;
}

/** Leaves out a leading name of the server, as long as it is no verb itself and something remains. */
function withoutServer(words: readonly string[], server: string): readonly string[] {
  const names = new Set(tokenize(server.slice(0, MAX_NAME)));
  const first = words.findIndex((word) => !names.has(word) || changing(word) !== undefined || isReading(word));
  return first > 0 ? words.slice(first) : words;
}

/** The thing that a name changes, when changing it is a change of who may do what. */
export function adminObject(words: readonly string[]): string | undefined {
  return words.find((word) => ADMIN_OBJECTS.has(word));
}
