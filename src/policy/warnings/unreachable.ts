import type { FinalRule } from '../overrides.ts';
import { STRICTNESS } from '../policy.ts';
import { isWithin, scopeOf } from './subset.ts';
import type { Finding } from './finding.ts';
import { sameness } from './contradictions.ts';

/** Rules that never decide, for a stricter rule without conditions matches everything that they match. */
export function findUnreachable(rules: readonly FinalRule[]): Finding[] {
  const enforced = rules
    .filter(({ mode }) => mode === 'enforce')
    .map((rule) => ({ rule, rank: STRICTNESS.indexOf(rule.source.effect), scope: scopeOf(rule.source.match) }));
  const sweeping = enforced.filter(({ rule: { source } }) => source.effect !== 'allow' && isUnconditional(source));
  return enforced.flatMap(({ rule, rank, scope }) => {
    const over = sweeping.find(
      (other) => other.rank < rank && isWithin(scope, other.scope) && sameness(rule) !== sameness(other.rule),
    )?.rule;
    if (over === undefined) return [];
    const message = `the rule ${rule.id} (${rule.source.effect}) never decides: ${over.id} (${over.source.effect}) matches all that it does`;
    return [{ rule, path: ['match'], message, fix: `narrow ${over.id}, or remove ${rule.id}` }];
  });
}

function isUnconditional({ when, limit, after }: FinalRule['source']): boolean {
  return when === undefined && limit === undefined && after === undefined;
}
