import { assemble } from './assemble.ts';
import { resolveDefaults } from './compile-rule.ts';
import { applyOverrides } from './overrides.ts';
import { expandFiles } from './packs.ts';
import type { Policy, PolicyDefaults, PolicyFile } from './policy.ts';
import type { PolicyProblem } from './problem.ts';
import { compare, comparePlaces, compareProblems } from './problem.ts';
import type { ReadFile } from './read-file.ts';
import { readPolicyFile } from './read-file.ts';
import { findWarnings } from './warnings/index.ts';

export type ParsedPolicy =
  /** `warnings` are sound, and hardly what was meant. */
  { ok: true; policy: Policy; warnings: PolicyProblem[] } | { ok: false; problems: PolicyProblem[] };

/**
 * Makes one policy of a set of files, or reports everything that is wrong in all of them, ordered by file and place.
 * Never throws. The order of files and of rules in them does not matter.
 *
 * @param packs the packs that the files may use; of two with the same file name the first counts
 */
export function parsePolicy(files: readonly PolicyFile[], packs: readonly PolicyFile[] = []): ParsedPolicy {
  const read = files.map((file) => readPolicyFile(file));
  const expanded = expandFiles(read, packs);
  const { rules, ...overridden } = applyOverrides(expanded.rules, read);
  const problems = [
    ...[...read, ...expanded.packs].flatMap((file) => file.problems),
    ...findDuplicates(read),
    ...expanded.packs.flatMap((pack) => findDuplicates([pack])),
    ...findSecondDefaults(read),
    ...expanded.problems,
  ];
  // An override of a rule that could not be read is no second problem.
  if (problems.length === 0) problems.push(...overridden.problems);
  if (problems.length === 0 && rules.length === 0) {
    const file = read[0]?.path ?? '(no files)';
    const fix = 'add at least one rule under rules';
    problems.push({ file, line: 1, column: 1, message: 'the policy has no rules', fix });
  }
  if (problems.length > 0) return { ok: false, problems: problems.sort(compareProblems) };
  const policy = assemble({
    names: read.flatMap((file) => (file.name === null ? [] : [file.name])).sort(compare),
    defaults: defaultsOf(read, 'enforce') ?? resolveDefaults({}),
    shadowDefaults: defaultsOf(read, 'shadow'),
    rules,
  });
  const warnings = [...overridden.warnings, ...findWarnings(rules, policy.defaults)].sort(compareProblems);
  return { ok: true, policy, warnings };
}

/** A file in shadow enforces nothing, its defaults included. */
function defaultsOf(read: readonly ReadFile[], mode: 'enforce' | 'shadow'): PolicyDefaults | null {
  const file = read.find((each) => each.defaults !== null && (each.mode ?? 'enforce') === mode);
  return file?.defaults ? resolveDefaults(file.defaults.source) : null;
}

function findDuplicates(read: readonly ReadFile[]): PolicyProblem[] {
  const all = read.flatMap((file) => file.ids.map(({ id, place }) => ({ id, file: file.path, ...place })));
  const first = new Map<string, (typeof all)[number]>();
  return all.sort(comparePlaces).flatMap((rule) => {
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
  return (['enforce', 'shadow'] as const).flatMap((mode) => {
    const having = read.filter((file) => file.defaults !== null && (file.mode ?? 'enforce') === mode);
    having.sort((a, b) => compare(a.path, b.path));
    return having.slice(1).map((file) => ({
      file: file.path,
      ...(file.defaults?.placeOf([]) ?? { line: 1, column: 1 }),
      message: `defaults already stand in ${having[0]?.path ?? ''}`,
      fix: 'keep them in one file',
    }));
  });
}
