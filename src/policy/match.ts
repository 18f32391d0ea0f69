import type { Severity } from '@gatehouse/sdk/contract';
import { compilePatterns } from './glob.ts';
import type { Matcher } from './policy.ts';
import type { RuleSource } from './schema.ts';

type MatchSource = RuleSource['match'];

/** Compiles the `match` part of a rule into tests, one for each key that it has. */
export function compileMatch(match: MatchSource): Matcher[] {
  const matchers: Matcher[] = [];
  // Cheapest first: sets of words, then numbers, then names.
  addSet(matchers, match.operation, (facts) => facts.classification.operation);
  addSet(matchers, match.environment, (facts) => facts.classification.environment);
  addSet(matchers, match.targetKind, (facts) => facts.classification.targetKind);
  addSet<Severity>(matchers, match.severity, (facts) => facts.risk.severity);
  const { atLeast, below } = match.risk ?? {};
  if (atLeast !== undefined) matchers.push((facts) => facts.risk.score >= atLeast);
  if (below !== undefined) matchers.push((facts) => facts.risk.score < below);
  for (const name of ['action', 'target', 'agent'] as const) {
    const patterns = match[name];
    if (patterns === undefined) continue;
    const fits = compilePatterns(asList(patterns));
    matchers.push((facts) => fits(facts.names[name]));
  }
  return matchers;
}

function addSet<T extends string>(
  matchers: Matcher[],
  wanted: T | T[] | undefined,
  pick: (facts: Parameters<Matcher>[0]) => T,
): void {
  if (wanted === undefined) return;
  const set = new Set(asList(wanted));
  matchers.push((facts) => set.has(pick(facts)));
}

/** One value or several, as a list. */
export function asList<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}
