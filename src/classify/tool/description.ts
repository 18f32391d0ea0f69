import type { SpokenVerb } from './forms.ts';
import { spokenVerb } from './forms.ts';
import { VAGUE_WORDS } from './verbs.ts';
import type { Warnings } from './warnings.ts';
import { readWarnings } from './warnings.ts';

/** What a description says that a tool does. */
export interface DescriptionReading {
  /** The verb of its first sentence; undefined when that names no verb that is known. */
  verb: SpokenVerb | undefined;
  /** The words of its first sentence from that verb on, lower-cased. */
  words: readonly string[];
  /** Further verbs: beside the first ("Create, update or delete"), or of a later sentence ("and then removes it"). */
  besides: readonly SpokenVerb[];
  warnings: Warnings;
}

const MAX_READ = 20_000;
const MAX_HEAD = 1000;
const MAX_SENTENCE = 300;
const MAX_WORDS = 40;

const TAGS = /<\/?[a-z_-]{1,30}>/gi;
const ORNAMENT = /(?:[*_`#>"“”]|\p{Extended_Pictographic}|\uFE0F)+/gu;
/** `[Beta]`, `(admin only)`, `Deprecated - `, `Closing down - `: what is said of the tool, and not what it does. */
const NOTICE =
  /^(?:\[[^\]]{0,60}\]\s*|\([^)]{0,60}\)\s*|(?:deprecated|closing down|beta|alpha|experimental|legacy|(?:public |private )?preview)\s*[-–—:]\s*)/i;
const LABEL = /^[^.:]{0,60}:\s+(?=[A-Za-z])/;
const OPENING = new Set(
  `please always never first only can will should may must be is are used use this that the a an it tool tools function
   command endpoint operation action method api mcp to for when you user users want wants need needs able agent agents and which with in order one by me us your great useful utility helper wrapper
   powerful simple`.split(/\s+/),
);
/** Verbs that open a description only together with what follows: "Call this to …". */
const OPENING_TOGETHER = /^(call|invoke|run|allows?|lets?|enables?|helps?)$/;
const TOGETHER = /^(this|it|to|you|users?|agents?)$/;
/** "Performs a full-text search": such a verb does what the noun after it says. */
const PERFORMING = /^(perform|conduct|do)$/;
const READING_NOUN = /^(search|lookup|scan|check|inspection|comparison|calculation|analysis)$/;
const NOUN_WITHIN = 6;
/** "Call when the user wants to delete …" tells a situation, and not what is done. */
const SITUATION = /^(?:call|use|run|invoke) (?:this (?:tool )?)?(?:when|if|whenever) /i;
const ADVERB = /^(\w+ly|bulk|batch|both|also|either)$/;
const JOINING = /^(and|or|then|&)$/i;
/** Verbs that stand beside another verb only as verbs. */
const PLAIN = new Set(
  `create update delete remove modify edit insert write overwrite drop rename add set send execute replace upsert save patch
   archive move revoke cancel erase purge destroy`.split(/\s+/),
);
const LATER =
  /(?:[.!?]\s+|\band |\bthen |\balso |\bit |\bthis tool )(?:automatically |permanently )?(creates|updates|deletes|removes|modifies|overwrites|saves|writes|sends|installs|inserts|drops|executes) (?:them|it|the|a|an|all|any|its|your|these|new|existing)\b/i;

/** Reads a description: the main verb of its first sentence, further verbs, warnings. Looks at 20,000 characters. */
export function readDescription(description: string): DescriptionReading {
  const text = description.slice(0, MAX_READ);
  const head = text.slice(0, MAX_HEAD).replace(TAGS, ' ').replace(ORNAMENT, ' ').trim();
  const words = firstWords(head);
  const { verb, index } = mainVerb(words);
  const beside = isOpenEnded(words, verb) ? allVerbs(words) : besides(words, index);
  const later = spokenVerb(LATER.exec(text)?.[1] ?? '');
  const all = later === undefined ? beside : [...beside, later];
  const deletes = [verb, ...all].some((one) => one?.operation === 'delete');
  return { verb, words: objects(words, index), besides: all, warnings: readWarnings(text, deletes) };
}

function firstWords(head: string): string[] {
  const sentence = (/^[^]{1,300}?(?=[.!?](?:\s|$)|\n\s*\n|$)/.exec(head)?.[0] ?? head).slice(0, MAX_SENTENCE);
  const bare = sentence.replace(NOTICE, '');
  if (SITUATION.test(bare)) return [];
  const label = LABEL.exec(bare)?.[0] ?? '';
  const first = bare.split(/\s/, 1)[0]?.toLowerCase() ?? '';
  const opensWithVerb = spokenVerb(first) !== undefined || VAGUE_WORDS.has(first.replace(/s$/, ''));
  const words = (opensWithVerb ? bare : bare.slice(label.length)).split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
  const start = words.findIndex((word, index) => !isOpening(word.toLowerCase(), words[index + 1]?.toLowerCase() ?? ''));
  return start < 0 ? [] : words.slice(start);
}

/** What the main verb is about: the five words after it. */
function objects(words: readonly string[], main: number): string[] {
  return main < 0 ? [] : words.slice(main + 1, main + 6).map((word) => word.toLowerCase().replace(/[^\p{L}]+$/u, ''));
}

function isOpening(word: string, next: string): boolean {
  return OPENING.has(word.replace(/[^a-z]+$/, '')) || (OPENING_TOGETHER.test(word) && TOGETHER.test(next));
}

function mainVerb(words: readonly string[]): { verb: SpokenVerb | undefined; index: number } {
  for (const [index, word] of words.slice(0, 4).entries()) {
    const verb = spokenVerb(word);
    if (verb !== undefined) return { verb: performed(verb, words.slice(index + 1)) ?? verb, index };
    if (!ADVERB.test(word.toLowerCase()) && index > 0) break;
  }
  return { verb: undefined, index: -1 };
}

function performed({ base }: SpokenVerb, after: readonly string[]): SpokenVerb | undefined {
  if (!PERFORMING.test(base)) return undefined;
  const nouns = after.slice(0, NOUN_WITHIN).map((word) => word.toLowerCase().replace(/[^a-z]+$/, ''));
  const noun = nouns.find((word) => READING_NOUN.test(word));
  return noun === undefined ? undefined : { word: noun, base: noun, operation: 'read' };
}

/** "Manage a subscription: watch or delete it", "Write operations for comments: adding, deleting". */
function isOpenEnded(words: readonly string[], verb: SpokenVerb | undefined): boolean {
  const opening = words.slice(0, 2).map((word) => word.toLowerCase().replace(/s$/, ''));
  return opening.some((word) => VAGUE_WORDS.has(word)) || (verb !== undefined && /^operations?$/i.test(words[1] ?? ''));
}

function allVerbs(words: readonly string[]): SpokenVerb[] {
  return words
    .flatMap((word) => word.split('/'))
    .flatMap((word) => {
      const verb = spokenVerb(word);
      return verb !== undefined && PLAIN.has(verb.base) ? [verb] : [];
    });
}

/** Verbs joined to the first one: "Create, update or delete", "gets or creates". */
function besides(words: readonly string[], main: number): SpokenVerb[] {
  if (main < 0) return [];
  let depth = 0;
  return words.slice(main + 1).flatMap((raw, offset) => {
    const previous = words[main + offset] ?? '';
    if (raw.startsWith('(')) depth = 1;
    const inParentheses = depth > 0;
    if (raw.includes(')')) depth = 0;
    if (inParentheses) return [];
    if (!JOINING.test(previous) && !previous.endsWith(',')) return [];
    const verb = spokenVerb(raw);
    if (verb === undefined || verb.operation === 'read') return [];
    // "Lists mentions and updates on issues": before a preposition it is a noun.
    if (/^(on|of|for|in|from|to|with|by)$/i.test(words[main + offset + 2] ?? '')) return [];
    return PLAIN.has(verb.base) || offset <= 1 ? [verb] : [];
  });
}
