/** One name in the forms that rules and classifiers compare. */
export interface NameForms {
  /** As sent, lower-cased. */
  readonly plain: string;
  /** Every naming style as one: `deleteRecords`, `delete-records` and `s3:DeleteRecords` in snake case. */
  readonly snake: string;
}

// Look-arounds, not groups: a megabyte of capitals must not be searched again from each of its letters.
const BOUNDARIES = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g;

/** Turns camelCase, kebab-case, dots, colons, slashes and spaces into snake_case. `keep` holds characters left alone. */
export function toSnake(name: string, keep = ''): string {
  const split = name.normalize('NFKC').replace(BOUNDARIES, '_');
  const other = keep === '*' ? /[^\p{L}\p{N}*]+/gu : /[^\p{L}\p{N}]+/gu;
  return split.replace(other, '_').toLowerCase();
}

/** Names repeat from call to call, and splitting them is most of the work. Bounded, so that no caller can fill it. */
const MAX_CACHED = 5000;
const MAX_CACHED_LENGTH = 100;
const cache = new Map<string, readonly string[]>();

/** The words of a name, lower-cased, whatever its naming style. */
export function tokenize(name: string): readonly string[] {
  const cached = cache.get(name);
  if (cached !== undefined) return cached;
  const words = toSnake(name).split('_').filter(Boolean);
  if (name.length > MAX_CACHED_LENGTH) return words;
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(name, words);
  return words;
}

/** Both forms of a name, computed once for each action. */
export function nameForms(name: string): NameForms {
  return { plain: name.toLowerCase(), snake: toSnake(name).replace(/^_+|_+$/g, '') };
}

/** The parts of a namespaced name: `users.list`, `s3:GetObject`, `mcp__server__read_file`, `/v1/users`. */
export function segments(name: string): string[] {
  return name.split(/[.:/\\#]+|__+/).filter(Boolean);
}

// Latin letters with accents, and the scripts of East Asia, which hold no letter that could be taken for a Latin one.
const UNMISTAKABLE =
  /^[\x20-\x7e\u00c0-\u0130\u0132-\u017e\p{M}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc]*$/u;

/** True when a name has letters or invisible characters with which it may read as something that it is not. */
export function looksForged(name: string): boolean {
  return !UNMISTAKABLE.test(name);
}
