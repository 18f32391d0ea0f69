import { toSnake } from '../classify/index.ts';
import { compileLimit } from './limits.ts';
import { asList, compileMatch } from './match.ts';
import type { FinalRule } from './overrides.ts';
import type { PolicyDefaults, Rule } from './policy.ts';
import type { DefaultsSource, RuleSource } from './schema.ts';
import { compileAfter } from './sequence.ts';
import { PLAIN_TERMS, termsOf } from './terms.ts';

/** What holds where the files say nothing. */
const DEFAULTS = { unmatched: 'block', approval: PLAIN_TERMS } as const;

/** Makes a rule ready to be evaluated. */
export function compileRule(read: FinalRule, defaults: PolicyDefaults): Rule {
  const { id, mode, source, condition, params, overridden, file, place } = read;
  const reason =
    overridden === null
      ? source.reason
      : `${source.reason} (changed from ${overridden.was.effect} by ${overridden.by}: ${overridden.reason})`;
  return {
    id,
    reason,
    advice: source.advice ?? null,
    effect: source.effect,
    mode,
    approval: termsOf(source.approval, defaults.approval),
    matchers: compileMatch(source.match, source.effect),
    namesActions: new Set(literals(source.match.action ?? []).map((name) => toSnake(name).replace(/^_+|_+$/g, ''))),
    condition,
    params,
    source: { ...source, id },
    limit: source.limit === undefined ? null : compileLimit(source.limit),
    after: source.after === undefined ? null : compileAfter(source.after),
    place: { file, line: place.line },
  };
}

function literals(patterns: string | string[]): string[] {
  return asList(patterns).filter((pattern) => !pattern.includes('*'));
}

/** Fills in what the files leave open. */
export function resolveDefaults(source: DefaultsSource): PolicyDefaults {
  return {
    unmatched: source.unmatched ?? DEFAULTS.unmatched,
    approval: termsOf(source.approval, DEFAULTS.approval),
    riskThresholds: {
      requireApproval: source.riskThresholds?.requireApproval ?? null,
      block: source.riskThresholds?.block ?? null,
    },
  };
}

/** A rule in the canonical text of its policy: everything that decides, and whatever was overridden. */
export function canonicalRule({ id, mode, source, params, overridden }: FinalRule): Record<string, unknown> {
  const said: Partial<RuleSource> = { ...source };
  delete said.mode;
  return {
    ...said,
    id,
    ...(mode === 'shadow' ? { mode } : {}),
    ...(params === null ? {} : { params }),
    ...(overridden === null ? {} : { overridden }),
  };
}
