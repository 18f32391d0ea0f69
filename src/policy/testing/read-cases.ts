import { explainShape } from '../explain-shape.ts';
import type { Policy, PolicyFile } from '../policy.ts';
import type { PolicyProblem } from '../problem.ts';
import { compareProblems } from '../problem.ts';
import { RISK_THRESHOLD_RULE, TOOL_CHANGED_RULE } from '../schema.ts';
import type { Path, Place, SourceMap } from '../source-map.ts';
import { nearest } from './nearest.ts';
import { readYaml } from '../read-yaml.ts';
import type { PolicyCase } from './schema.ts';
import { caseFileSchema, caseSchema } from './schema.ts';
import { CASE_VOCABULARY } from './vocabulary.ts';

/** A case and where it stands. */
export interface PlacedCase extends PolicyCase {
  place: Place & { file: string };
}

export type ReadCases = { ok: true; cases: PlacedCase[] } | { ok: false; problems: PolicyProblem[] };

/**
 * Reads files of cases for a policy, or reports everything that is wrong in all of them, ordered by file and place. A case
 * that names a rule which the policy does not have is wrong. Never throws.
 */
export function readCases(files: readonly PolicyFile[], policy: Policy): ReadCases {
  const ids = new Set([...policy.rules.map((rule) => rule.id), RISK_THRESHOLD_RULE, TOOL_CHANGED_RULE]);
  const cases: PlacedCase[] = [];
  const problems: PolicyProblem[] = [];
  for (const file of files) readFile(file, ids, cases, problems);
  return problems.length > 0 ? { ok: false, problems: problems.sort(compareProblems) } : { ok: true, cases };
}

function readFile(file: PolicyFile, ids: ReadonlySet<string>, cases: PlacedCase[], problems: PolicyProblem[]): void {
  const yaml = readYaml(file);
  if (!yaml.ok) {
    problems.push(...yaml.problems);
    return;
  }
  const { raw, map } = yaml;
  const shape = caseFileSchema.safeParse(raw);
  if (!shape.success) {
    problems.push(...explainShape(shape.error.issues, [], file.path, map, CASE_VOCABULARY));
    return;
  }
  shape.data.cases.forEach((each, index) => {
    const base = ['cases', index];
    const parsed = caseSchema.safeParse(each);
    if (!parsed.success) problems.push(...explainShape(parsed.error.issues, base, file.path, map, CASE_VOCABULARY));
    else {
      problems.push(...unknownRules(parsed.data, base, file.path, map, ids));
      cases.push({ ...parsed.data, place: { file: file.path, ...map.value(base) } });
    }
  });
}

function unknownRules(
  { expect, spent }: PolicyCase,
  base: Path,
  file: string,
  map: SourceMap,
  ids: ReadonlySet<string>,
): PolicyProblem[] {
  const named: [id: string, place: Place][] = [
    ...(typeof expect.rule === 'string' ? ([[expect.rule, map.value([...base, 'expect', 'rule'])]] as const) : []),
    ...(expect.rules ?? []).map((id, at): [string, Place] => [id, map.value([...base, 'expect', 'rules', at])]),
    ...Object.keys(spent).map((id): [string, Place] => [id, map.key([...base, 'spent'], id)]),
  ].map(([id, place]) => [id, place]);
  return named
    .filter(([id]) => !ids.has(id))
    .map(([id, place]) => {
      const meant = nearest(id, ids);
      const fix = meant === undefined ? 'name a rule of this policy' : `did you mean ${meant}?`;
      return { file, ...place, message: `the policy has no rule ${id}`, fix };
    });
}
