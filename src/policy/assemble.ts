import type { Effect } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { canonicalRule, compileRule } from './compile-rule.ts';
import { indexRules } from './index-rules.ts';
import type { FinalRule } from './overrides.ts';
import type { Policy, PolicyDefaults } from './policy.ts';
import { STRICTNESS } from './policy.ts';
import { compare } from './problem.ts';
import { briefTerms } from './terms.ts';

/** What a policy is made of: defaults that are filled in, and rules in their last form. */
export interface PolicyParts extends Pick<Policy, 'names' | 'defaults' | 'shadowDefaults'> {
  rules: readonly FinalRule[];
}

/** Makes a policy of its sound parts, with its canonical text and the digest of that. The order of rules does not matter. */
export function assemble({ names, defaults, shadowDefaults, rules: unordered }: PolicyParts): Policy {
  const ordered = unordered.toSorted((a, b) => compare(a.id, b.id));
  const inShadow = shadowDefaults === null ? {} : { shadowDefaults: briefDefaults(shadowDefaults) };
  const text =
    canonicalize({ version: 1, defaults: briefDefaults(defaults), ...inShadow, rules: ordered.map(canonicalRule) }) ??
    '';
  const rank = (effect: Effect): number => STRICTNESS.indexOf(effect);
  const rules = ordered.map((rule) => compileRule(rule, defaults)).sort((a, b) => rank(a.effect) - rank(b.effect));
  return {
    digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    text,
    names,
    defaults,
    shadowDefaults,
    rules,
    index: indexRules(rules),
    looksBack: rules.some(({ limit, after }) => limit !== null || after !== null),
  };
}

function briefDefaults(defaults: PolicyDefaults): Record<string, unknown> {
  return { ...defaults, approval: briefTerms(defaults.approval) };
}
