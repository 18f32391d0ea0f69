import type { Loosening } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import { termsLoosened } from './loosened-terms.ts';
import type { Policy, PolicyDefaults, Rule } from './policy.ts';
import { STRICTNESS } from './policy.ts';

/** The list is for people; what is beyond this is only counted. */
const MOST_LISTED = 200;

/**
 * In what one policy is looser than another, or may be: rules that no longer bind, bind less or match something else,
 * more that is allowed, milder defaults. Conditions are not compared by what they mean: any change of one counts.
 */
export function loosenings(from: Policy, to: Policy): Loosening[] {
  const now = new Map(to.rules.map((rule) => [rule.id, rule]));
  const before = new Map(from.rules.map((rule) => [rule.id, rule]));
  const found = [
    ...defaultsLoosened(from.defaults, to.defaults),
    ...from.rules.filter(binds).flatMap((rule) => bindsLess(rule, now.get(rule.id))),
    ...to.rules.filter(allows).flatMap((rule) => allowsMore(rule, before.get(rule.id))),
  ];
  if (found.length <= MOST_LISTED) return found;
  const says = `and ${String(found.length - MOST_LISTED)} more`;
  return [...found.slice(0, MOST_LISTED), { rule: null, what: 'changed', says }];
}

function binds(rule: Rule): boolean {
  return rule.effect !== 'allow' && rule.mode === 'enforce';
}

function allows(rule: Rule): boolean {
  return rule.effect === 'allow' && rule.mode === 'enforce';
}

function bindsLess(rule: Rule, now: Rule | undefined): Loosening[] {
  const tell = (what: Loosening['what'], says: string): Loosening[] => [{ rule: rule.id, what, says }];
  if (now === undefined) return tell('removed', `${rule.id} (${rule.effect}) is gone`);
  if (now.mode === 'shadow') return tell('shadowed', `${rule.id} (${rule.effect}) goes from enforce to shadow`);
  if (STRICTNESS.indexOf(now.effect) > STRICTNESS.indexOf(rule.effect)) {
    return tell('weakened', `${rule.id} goes from ${rule.effect} to ${now.effect}`);
  }
  if (scopeOf(now) !== scopeOf(rule)) return tell('changed', `${rule.id} (${rule.effect}) applies to something else`);
  const looser = rule.effect === now.effect ? termsLoosened(rule.approval, now.approval) : null;
  return looser === null || rule.effect === 'block' ? [] : tell('weakened', `${rule.id}: ${looser}`);
}

function allowsMore(rule: Rule, before: Rule | undefined): Loosening[] {
  // One that asked or blocked before is told of as weakened.
  if (before !== undefined && binds(before)) return [];
  if (before === undefined) return [{ rule: rule.id, what: 'allows', says: `${rule.id} is new and allows` }];
  if (!allows(before)) return [{ rule: rule.id, what: 'allows', says: `${rule.id} allows, which it did not` }];
  if (scopeOf(rule) === scopeOf(before)) return [];
  return [{ rule: rule.id, what: 'changed', says: `${rule.id} allows something else` }];
}

function defaultsLoosened(from: PolicyDefaults, to: PolicyDefaults): Loosening[] {
  const found: Loosening[] = [];
  const tell = (says: string): void => void found.push({ rule: null, what: 'defaults', says });
  if (STRICTNESS.indexOf(to.unmatched) > STRICTNESS.indexOf(from.unmatched)) {
    tell(`what no rule matches goes from ${from.unmatched} to ${to.unmatched}`);
  }
  for (const key of ['requireApproval', 'block'] as const) {
    const [was, is] = [from.riskThresholds[key], to.riskThresholds[key]];
    if (was !== null && (is === null || is > was)) tell(`riskThresholds.${key} goes from ${was} to ${is ?? 'none'}`);
  }
  const looser = termsLoosened(from.approval, to.approval);
  if (looser !== null) tell(`what is asked by default: ${looser}`);
  return found;
}

/** To what a rule applies, in one text that is the same for the same. */
function scopeOf({ source: { match, when, limit, after } }: Rule): string {
  return canonicalize({ match, when, limit, after }) ?? '';
}
