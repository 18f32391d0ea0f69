import type { Effect } from '@gatehouse/sdk/contract';
import { isDuring } from './during.ts';
import type { PreparedFacts } from './facts.ts';
import { compilePatterns } from './glob.ts';
import type { MatchSource } from './match-schema.ts';
import type { Matcher } from './policy.ts';

type Pick<T> = (facts: PreparedFacts) => T;

/** What stands in the facts for keys that hold one word or a truth, cheapest first. */
export const WORD_OF = {
  operation: (facts) => facts.classification.operation,
  environment: (facts) => facts.classification.environment,
  targetKind: (facts) => facts.classification.targetKind,
  destructive: (facts) => facts.classification.destructive,
  reversible: (facts) => facts.classification.reversible,
  external: (facts) => facts.classification.external,
  severity: (facts) => facts.risk.severity,
  reach: (facts) => facts.classification.reach,
  tool: (facts) => facts.tool.status,
} satisfies Partial<Record<keyof MatchSource, Pick<string | boolean | null>>>;
export type WordKey = keyof typeof WORD_OF;
export const WORD_KEYS = Object.keys(WORD_OF) as WordKey[];

/** Keys that hold one name. */
export const NAMES = ['action', 'target', 'agent'] as const;
/** Keys that hold any number of names, of which one must fit. */
const NAME_LISTS = ['team', 'role', 'server'] as const;

/** Compiles the `match` part of a rule into tests, one for each key that it has. */
export function compileMatch(match: MatchSource, effect: Effect): Matcher[] {
  const matchers: Matcher[] = [];
  const add = <T>(key: keyof MatchSource, actual: Pick<T>, holds: (value: T) => boolean): void => {
    matchers.push({ key, wanted: match[key], holds: (facts) => holds(actual(facts)), actual });
  };
  for (const key of WORD_KEYS) {
    const wanted = match[key];
    if (wanted === undefined) continue;
    const words = new Set<string | boolean | null>([wanted].flat());
    add<string | boolean | null>(key, WORD_OF[key], (word) => words.has(word));
  }
  addSensitivity(match, add);
  const { atLeast = -Infinity, below = Infinity } = match.risk ?? {};
  if (match.risk) add('risk', riskOf, (score) => score >= atLeast && score < below);
  matchers.push(...compileNames(match, effect));
  const { during } = match;
  if (during) {
    add(
      'during',
      (facts) => facts.clock(during.timeZone ?? 'UTC'),
      (local) => isDuring(during, local),
    );
  }
  return matchers;
}

type Add = <T>(key: keyof MatchSource, actual: Pick<T>, holds: (value: T) => boolean) => void;

function addSensitivity({ sensitivity }: MatchSource, add: Add): void {
  if (sensitivity === undefined) return;
  const kinds = new Set(asList(sensitivity));
  add(
    'sensitivity',
    (facts) => facts.classification.sensitivity,
    (found) => found.some((kind) => kinds.has(kind)),
  );
}

function compileNames(match: MatchSource, effect: Effect): Matcher[] {
  const matchers: Matcher[] = [];
  for (const key of NAMES) {
    const wanted = match[key];
    if (wanted === undefined) continue;
    const fits = compilePatterns(asList(wanted));
    matchers.push({ key, wanted, holds: (facts) => fits(facts.names[key]), actual: (facts) => ACTUAL[key](facts) });
  }
  for (const key of NAME_LISTS) {
    const wanted = match[key];
    if (wanted === undefined) continue;
    const fits = compilePatterns(asList(wanted));
    matchers.push({
      key,
      wanted,
      holds: (facts) => facts.names[key].some(fits),
      actual: (facts) => ACTUAL[key](facts),
    });
  }
  if (match.tag !== undefined) matchers.push(compileTag(asList(match.tag), match.tag, effect));
  return matchers;
}

/** A caller puts any tag on its action that it likes: such a tag can tighten, and never allow. */
function compileTag(patterns: readonly string[], wanted: unknown, effect: Effect): Matcher {
  const fits = compilePatterns(patterns);
  const counts = effect !== 'allow';
  return {
    key: 'tag',
    wanted,
    holds: ({ names }) => names.agentTag.some(fits) || (counts && names.actionTag.some(fits)),
    actual: ({ agent, action }) => (counts ? [...agent.tags, ...action.tags] : agent.tags),
  };
}

const ACTUAL: Record<(typeof NAMES)[number] | (typeof NAME_LISTS)[number], Pick<unknown>> = {
  action: (facts) => facts.action.type,
  target: (facts) => facts.action.target,
  agent: (facts) => facts.agent.name,
  team: (facts) => facts.agent.team,
  role: (facts) => facts.agent.roles,
  server: (facts) => facts.action.server,
};

const riskOf: Pick<number> = (facts) => facts.risk.score;

/** One value or several, as a list. */
export function asList<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}
