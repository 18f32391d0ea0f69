import canonicalize from 'canonicalize';
import type { FinalRule } from '../overrides.ts';
import { STRICTNESS } from '../policy.ts';
import type { Finding } from './finding.ts';

/** One text for everything that decides whether a rule applies: the same for rules that always apply together. */
export function sameness({ source, params }: FinalRule): string {
  const { match, when, limit, after } = source;
  return canonicalize({ match, when, limit, after, params }) ?? '';
}

/** Rules of one mode that apply to exactly the same: with different effects they contradict, with the same one is enough. */
export function findContradictions(rules: readonly FinalRule[]): Finding[] {
  const groups = new Map<string, FinalRule[]>();
  for (const rule of rules) {
    const key = `${rule.mode} ${sameness(rule)}`;
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return [];
    const strictest = [first, ...others].reduce((a, b) => (rank(a) <= rank(b) ? a : b));
    return [first, ...others].filter((rule) => rule !== strictest).map((rule) => compare(rule, strictest));
  });
}

function rank({ source }: FinalRule): number {
  return STRICTNESS.indexOf(source.effect);
}

function compare(rule: FinalRule, strictest: FinalRule): Finding {
  const { effect } = rule.source;
  if (effect === strictest.source.effect) {
    const message = `the rule ${rule.id} applies to exactly the same as ${strictest.id}, and asks for the same`;
    return { rule, path: [], message, fix: 'keep one of the two' };
  }
  const message = `the rule ${rule.id} (${effect}) contradicts ${strictest.id} (${strictest.source.effect}), which applies to exactly the same and wins`;
  return { rule, path: ['effect'], message, fix: 'keep the one that is meant' };
}
