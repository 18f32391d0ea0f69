import { toSnake } from '../../classify/index.ts';
import type { NameMatcher } from '../glob.ts';
import { compilePatterns } from '../glob.ts';
import { asList } from '../match.ts';
import type { MatchSource } from '../match-schema.ts';
import { matchSchema } from '../match-schema.ts';

type Key = keyof MatchSource;
type Forms = Parameters<NameMatcher>[0];

const PATTERNS = ['action', 'target', 'agent', 'team', 'role', 'tag', 'server'] as const;
const BITS = new Map(Object.keys(matchSchema.shape).map((key, at) => [key, 2 ** at] as const));
const SPECIAL: ReadonlySet<string> = new Set<Key>([...PATTERNS, 'risk', 'during']);

/** What a rule matches, ready to be compared with many others. */
export interface Scope {
  match: MatchSource;
  /** One bit for each key that it has. */
  keys: number;
  words: readonly [key: Key, values: ReadonlySet<unknown>][];
  names: readonly { key: Key; narrower: (() => Forms[])[]; wider: NameMatcher[] }[];
}

/** Prepares the `match` part of a rule for `isWithin`. */
export function scopeOf(match: MatchSource): Scope {
  const said = (Object.keys(match) as Key[]).filter((key) => match[key] !== undefined);
  return {
    match,
    keys: said.reduce((bits, key) => bits | (BITS.get(key) ?? 0), 0),
    words: said.filter((key) => !SPECIAL.has(key)).map((key) => [key, new Set<unknown>([match[key]].flat())]),
    names: PATTERNS.flatMap((key) => {
      const patterns = match[key] === undefined ? [] : asList(match[key]);
      if (patterns.length === 0) return [];
      return [
        {
          key,
          narrower: patterns.map((pattern) => once(() => formsOf(pattern))),
          wider: patterns.map((pattern) => compilePatterns([pattern])),
        },
      ];
    }),
  };
}

/** Whether surely everything that `inner` matches is matched by `outer` too. When in doubt, no. */
export function isWithin(inner: Scope, outer: Scope): boolean {
  if ((outer.keys & ~inner.keys) !== 0) return false;
  const fits = outer.words.every(([key, theirs]) => [inner.match[key]].flat().every((value) => theirs.has(value)));
  return fits && areNamesWithin(inner, outer) && isBandWithin(inner.match, outer.match) && sameTimes(inner, outer);
}

function areNamesWithin(inner: Scope, outer: Scope): boolean {
  return outer.names.every(({ key, wider }) => {
    const mine = inner.names.find((each) => each.key === key);
    return mine?.narrower.every((forms) => wider.some((fits) => forms().every(fits)));
  });
}

function isBandWithin({ risk: inner = {} }: MatchSource, { risk: outer }: MatchSource): boolean {
  if (outer === undefined) return true;
  const { atLeast = -Infinity, below = Infinity } = inner;
  return atLeast >= (outer.atLeast ?? -Infinity) && below <= (outer.below ?? Infinity);
}

function sameTimes({ match: inner }: Scope, { match: outer }: Scope): boolean {
  return outer.during === undefined || JSON.stringify(inner.during) === JSON.stringify(outer.during);
}

/** No name has this: it stands for the form that is not looked at. */
const NO_NAME = '\u0000';

/**
 * The names that tell whether every name of one pattern fits another one. What the `*` of the inner pattern stands for
 * must fall to a `*` of the outer one, so taking it for a plain character tells; both forms of the name must agree.
 */
function formsOf(pattern: string): Forms[] {
  const snake = pattern.includes('*') ? toSnake(pattern, '*') : toSnake(pattern).replace(/^_+|_+$/g, '');
  return [
    { plain: pattern.toLowerCase(), snake: NO_NAME },
    { plain: NO_NAME, snake },
  ];
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
