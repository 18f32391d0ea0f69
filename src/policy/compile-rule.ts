import { toSnake } from '../classify/index.ts';
import { parseDuration } from './duration.ts';
import { compileLimit } from './limits.ts';
import { asList, compileMatch } from './match.ts';
import type { FinalRule } from './overrides.ts';
import type { PolicyDefaults, Rule } from './policy.ts';
import type { DefaultsSource, RuleSource } from './schema.ts';
import { compileAfter } from './sequence.ts';

/** What holds where the files say nothing. */
const DEFAULTS = { unmatched: 'block', expiresInSeconds: 86_400 } as const;

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
    approval: terms(source.approval?.expiresIn) ?? defaults.approval,
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
    approval: terms(source.approval?.expiresIn) ?? { expiresInSeconds: DEFAULTS.expiresInSeconds },
    riskThresholds: {
      requireApproval: source.riskThresholds?.requireApproval ?? null,
      block: source.riskThresholds?.block ?? null,
    },
  };
}

function terms(expiresIn: string | undefined): { expiresInSeconds: number } | undefined {
  const seconds = expiresIn === undefined ? undefined : parseDuration(expiresIn);
  return seconds === undefined ? undefined : { expiresInSeconds: seconds };
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
