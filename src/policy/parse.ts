import type { Effect } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { toSnake } from '../classify/index.ts';
import { parseDuration } from './duration.ts';
import { asList, compileMatch } from './match.ts';
import type { Policy, PolicyDefaults, PolicyFile, Rule } from './policy.ts';
import { STRICTNESS } from './policy.ts';
import type { PolicyProblem } from './problem.ts';
import { compare, compareProblems } from './problem.ts';
import type { ReadFile, ReadRule } from './read-file.ts';
import { readPolicyFile } from './read-file.ts';
import type { DefaultsSource } from './schema.ts';

export type ParsedPolicy = { ok: true; policy: Policy } | { ok: false; problems: PolicyProblem[] };

/** What holds where the files say nothing. */
const DEFAULTS = { unmatched: 'block', expiresIn: '24h' } as const;

/**
 * Makes one policy of a set of files, or reports everything that is wrong in all of them, ordered by file and place.
 * Never throws. The order of files and of rules in them does not matter.
 */
export function parsePolicy(files: readonly PolicyFile[]): ParsedPolicy {
  const read = files.map(readPolicyFile);
  const problems = [...read.flatMap((file) => file.problems), ...findDuplicates(read), ...findSecondDefaults(read)];
  if (problems.length === 0 && read.every((file) => file.rules.length === 0)) {
    const file = read[0]?.path ?? '(no files)';
    problems.push({
      file,
      line: 1,
      column: 1,
      message: 'the policy has no rules',
      fix: 'add at least one rule under rules',
    });
  }
  if (problems.length > 0) return { ok: false, problems: problems.sort(compareProblems) };
  return { ok: true, policy: assemble(read) };
}

function assemble(read: readonly ReadFile[]): Policy {
  const defaults = resolveDefaults(read.find((file) => file.defaults !== null)?.defaults?.source ?? {});
  const rules = read.flatMap((file) => file.rules).sort((a, b) => compare(a.source.id, b.source.id));
  const text = canonicalize({ version: 1, defaults, rules: rules.map((rule) => rule.source) }) ?? '';
  const rank = (effect: Effect): number => STRICTNESS.indexOf(effect);
  return {
    digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    text,
    names: read.flatMap((file) => (file.name === null ? [] : [file.name])).sort(compare),
    defaults,
    rules: rules.map((rule) => compileRule(rule, defaults)).sort((a, b) => rank(a.effect) - rank(b.effect)),
  };
}

function compileRule(read: ReadRule, defaults: PolicyDefaults): Rule {
  const { source, condition, file, place } = read;
  const literal = asList(source.match.action ?? []).filter((pattern) => !pattern.includes('*'));
  return {
    id: source.id,
    reason: source.reason,
    effect: source.effect,
    approval: terms(source.approval?.expiresIn) ?? defaults.approval,
    matchers: compileMatch(source.match),
    namesActions: new Set(literal.map((name) => toSnake(name).replace(/^_+|_+$/g, ''))),
    condition,
    place: { file, line: place.line },
  };
}

function resolveDefaults(source: DefaultsSource): PolicyDefaults {
  return {
    unmatched: source.unmatched ?? DEFAULTS.unmatched,
    approval: terms(source.approval?.expiresIn ?? DEFAULTS.expiresIn) ?? { expiresInSeconds: 86_400 },
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

function findDuplicates(read: readonly ReadFile[]): PolicyProblem[] {
  const all = read.flatMap((file) => file.ids.map(({ id, place }) => ({ id, file: file.path, ...place })));
  const first = new Map<string, (typeof all)[number]>();
  return all
    .sort((a, b) => compareProblems({ ...a, message: '', fix: '' }, { ...b, message: '', fix: '' }))
    .flatMap((rule) => {
      const other = first.get(rule.id);
      if (other === undefined) {
        first.set(rule.id, rule);
        return [];
      }
      const { id, ...place } = rule;
      const message = `the rule id ${id} is already used at ${other.file}:${other.line}`;
      return [{ ...place, message, fix: 'give each rule an id of its own' }];
    });
}

function findSecondDefaults(read: readonly ReadFile[]): PolicyProblem[] {
  const having = read.filter((file) => file.defaults !== null).sort((a, b) => compare(a.path, b.path));
  return having.slice(1).map((file) => ({
    file: file.path,
    ...(file.defaults?.place ?? { line: 1, column: 1 }),
    message: `defaults already stand in ${having[0]?.path ?? ''}`,
    fix: 'keep them in one file',
  }));
}
