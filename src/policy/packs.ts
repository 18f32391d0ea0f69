import type { UseSource } from './pack-schema.ts';
import type { ParameterValues } from './parameters.ts';
import { fitsParameter } from './parameters.ts';
import type { PolicyFile, RuleMode } from './policy.ts';
import type { PolicyProblem } from './problem.ts';
import { compare, comparePlaces } from './problem.ts';
import type { Placed, ReadFile, ReadRule } from './read-file.ts';
import { readPolicyFile } from './read-file.ts';
import type { Path, Place } from './source-map.ts';

/** A rule as part of a policy: with the id and the mode that it has there. */
export interface PlacedRule extends ReadRule {
  /** With the name of its pack in front, e.g. `postgres/ask-ddl`. */
  id: string;
  mode: RuleMode;
  /** The `name` of the file that brought it in. */
  policy: string;
}

/** The rules of all files and of the packs that they use, and what is wrong with that use and with these packs. */
export function expandFiles(
  files: readonly ReadFile[],
  packs: readonly PolicyFile[],
): { rules: PlacedRule[]; packs: ReadFile[]; problems: PolicyProblem[] } {
  const own = files.flatMap((file) =>
    file.rules.map((rule) => ({
      ...rule,
      id: rule.source.id,
      mode: rule.source.mode ?? file.mode ?? 'enforce',
      policy: file.name ?? file.path,
    })),
  );
  const used = files.flatMap((file) => file.uses.map((use) => expandUse(use, file, packs)));
  // One broken pack is reported once, however often it is used.
  const read = new Map(used.flatMap(({ pack }) => (pack === null ? [] : [[pack.path, pack] as const])));
  return {
    rules: [...own, ...used.flatMap(({ rules }) => rules)],
    packs: [...read.values()],
    problems: [...used.flatMap(({ problems }) => problems), ...findSecondUses(files)],
  };
}

interface ExpandedUse {
  rules: PlacedRule[];
  pack: ReadFile | null;
  problems: PolicyProblem[];
}

function expandUse(use: Placed<UseSource>, file: ReadFile, packs: readonly PolicyFile[]): ExpandedUse {
  const { pack: name, as = name, mode } = use.source;
  const found = packs.find(({ path }) => packName(path) === name);
  if (found === undefined) {
    const known = [...new Set(packs.map(({ path }) => packName(path)))].sort(compare);
    const fix = known.length === 0 ? `add packs/${name}.yaml` : `use one of ${known.join(', ')}, or add ${name}.yaml`;
    const problem = { ...at(file, use, ['pack']), message: `there is no pack ${name}`, fix };
    return { rules: [], pack: null, problems: [problem] };
  }
  const values: ParameterValues = new Map(Object.entries(use.source.with ?? {}));
  const pack = readPolicyFile(found, values);
  const misused = checkValues(use, pack, file);
  // What a wrong value does inside of the pack is not the fault of the pack.
  if (misused.length > 0) return { rules: [], pack: null, problems: misused };
  const rules = pack.rules.map((rule) => ({
    ...rule,
    id: `${as}/${rule.source.id}`,
    mode: rule.source.mode ?? mode ?? pack.mode ?? file.mode ?? 'enforce',
    policy: file.name ?? file.path,
  }));
  return { rules, pack, problems: checkPack(pack) };
}

/** The name of a pack: its file without the folders and without `.yaml`. */
export function packName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.ya?ml$/, '');
}

function checkValues(use: Placed<UseSource>, pack: ReadFile, file: ReadFile): PolicyProblem[] {
  const { pack: name, with: given = {} } = use.source;
  const parameters = pack.parameters ?? {};
  const problems = Object.entries(given).flatMap(([key, value]): PolicyProblem[] => {
    const place = at(file, use, ['with', key]);
    const parameter = parameters[key];
    if (!Object.hasOwn(parameters, key) || parameter === undefined) {
      const known = Object.keys(parameters);
      const fix = known.length === 0 ? 'remove it' : `use one of ${known.join(', ')}`;
      return [{ ...place, message: `the pack ${name} has no parameter ${key}`, fix }];
    }
    if (fitsParameter(parameter, value)) return [];
    const type = parameter.type === 'string' ? 'text' : parameter.type;
    return [{ ...place, message: `the parameter ${key} must be a ${type}`, fix: `give it a ${type}` }];
  });
  for (const [key, parameter] of Object.entries(parameters)) {
    if (parameter.default !== undefined || Object.hasOwn(given, key)) continue;
    const message = `the pack ${name} needs a value for ${key}: ${parameter.description}`;
    problems.push({ ...at(file, use, []), message, fix: `add with: { ${key}: … }` });
  }
  return problems;
}

/** What a pack may not say, for it would hold for rules of others. */
function checkPack(pack: ReadFile): PolicyProblem[] {
  const parts = [
    ['defaults', pack.defaults],
    ['use', pack.uses[0]],
    ['overrides', pack.overrides[0]],
  ] as const;
  return parts.flatMap(([key, part]) => {
    if (part === null || part === undefined) return [];
    const message = `${key} cannot stand in a pack`;
    return [{ file: pack.path, ...part.placeOf([]), message, fix: 'move it to the policy that uses the pack' }];
  });
}

/** Two packs under one name would have two rules of each id. */
function findSecondUses(files: readonly ReadFile[]): PolicyProblem[] {
  const all = files.flatMap((file) => file.uses.map((use) => ({ ...use.source, ...at(file, use, []) })));
  const seen = new Set<string>();
  return all.sort(comparePlaces).flatMap(({ pack, as = pack, file, line, column }) => {
    if (!seen.has(as)) {
      seen.add(as);
      return [];
    }
    const message = `a pack called ${as} is already used`;
    return [{ file, line, column, message, fix: 'call one of them by another name with as' }];
  });
}

function at(file: ReadFile, use: Placed<UseSource>, path: Path): { file: string } & Place {
  return { file: file.path, ...use.placeOf(path) };
}
