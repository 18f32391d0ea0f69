import type { Condition } from './cel.ts';
import { compileCondition } from './cel.ts';
import { explainShape } from './explain-shape.ts';
import type { Parameter, UseSource } from './pack-schema.ts';
import type { ParameterValues } from './parameters.ts';
import { fillIn } from './parameters.ts';
import type { PolicyFile, RuleMode } from './policy.ts';
import type { PolicyProblem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import type { DefaultsSource, OverrideSource, RuleSource } from './schema.ts';
import { fileSchema, ruleSchema } from './schema.ts';
import type { Path, Place, SourceMap } from './source-map.ts';

/** One rule as read, with where it stands. */
export interface ReadRule {
  source: RuleSource;
  condition: Condition | null;
  /** The parameters that its condition uses; null where it uses none. */
  params: Record<string, unknown> | null;
  /** What its condition always gives; null or missing where that depends on the action. */
  constant?: boolean | null;
  file: string;
  place: Place;
  /** Where a part of it stands. */
  placeOf: (path: Path) => Place;
}

/** Something that a file says beside its rules, with where. */
export interface Placed<T> {
  source: T;
  placeOf: (path: Path) => Place;
}

/** One file as read: what is sound in it, and everything that is not. */
export interface ReadFile {
  path: string;
  name: string | null;
  mode: RuleMode | null;
  /** Null in a file that is no pack. */
  parameters: Readonly<Record<string, Parameter>> | null;
  defaults: Placed<DefaultsSource> | null;
  uses: Placed<UseSource>[];
  overrides: Placed<OverrideSource>[];
  rules: ReadRule[];
  /** Ids as written, of broken rules too, so that duplicates are found in one go. */
  ids: { id: string; place: Place }[];
  problems: PolicyProblem[];
}

/**
 * Reads one policy file. Never throws: what is wrong is in `problems`.
 *
 * @param given values for the parameters of a pack that is used; null where the file is to stand alone
 */
export function readPolicyFile(file: PolicyFile, given: ParameterValues | null = null): ReadFile {
  const { path } = file;
  const result: ReadFile = {
    ...{ path, name: null, mode: null, parameters: null, defaults: null },
    ...{ uses: [], overrides: [], rules: [], ids: [], problems: [] },
  };
  const yaml = readYaml(file);
  if (!yaml.ok) return { ...result, problems: yaml.problems };
  const { raw, map } = yaml;
  const shape = fileSchema.safeParse(raw);
  if (!shape.success) result.problems.push(...explainShape(shape.error.issues, [], path, map));
  else readHead(shape.data, result, map);
  const values = result.parameters === null ? null : valuesOf(result.parameters, given, result, map);
  const rules: unknown = typeof raw === 'object' && raw !== null && 'rules' in raw ? raw.rules : undefined;
  if (Array.isArray(rules)) rules.forEach((rule: unknown, index) => readRule(rule, index, result, map, values));
  return result;
}

function readHead(data: ReturnType<typeof fileSchema.parse>, result: ReadFile, map: SourceMap): void {
  const under = (base: Path) => (path: Path) => map.value([...base, ...path]);
  result.name = data.name;
  result.mode = data.mode ?? null;
  result.parameters = data.parameters ?? null;
  if (data.defaults) result.defaults = { source: data.defaults, placeOf: under(['defaults']) };
  result.uses = (data.use ?? []).map((source, index) => ({ source, placeOf: under(['use', index]) }));
  result.overrides = (data.overrides ?? []).map((source, index) => ({ source, placeOf: under(['overrides', index]) }));
}

/** A value for every parameter. Where there is none, the file cannot stand alone: a problem, and a value to go on with. */
function valuesOf(
  parameters: Readonly<Record<string, Parameter>>,
  given: ParameterValues | null,
  result: ReadFile,
  map: SourceMap,
): ParameterValues {
  const nothing = { number: 0, string: '-', list: ['-'] };
  const entries = Object.entries(parameters).map(([name, parameter]) => {
    const value = given?.get(name) ?? parameter.default;
    if (value === undefined && given === null) {
      const place = map.key(['parameters'], name);
      const fix = 'give it a default, or use the pack with a value for it';
      result.problems.push({ file: result.path, ...place, message: `the parameter ${name} has no value`, fix });
    }
    return [name, value ?? nothing[parameter.type]] as const;
  });
  return new Map(entries);
}

function readRule(
  written: unknown,
  index: number,
  result: ReadFile,
  map: SourceMap,
  values: ParameterValues | null,
): void {
  const base = ['rules', index];
  const complain = (path: Path, message: string, fix: string): void => {
    result.problems.push({ file: result.path, ...map.value(path), message: `rules[${index}]: ${message}`, fix });
  };
  const raw = values === null ? written : fillIn(written, base, values, complain);
  const keys: Record<string, unknown> = typeof raw === 'object' && raw !== null ? { ...raw } : {};
  const { id, when } = keys;
  if (typeof id === 'string') result.ids.push({ id, place: map.value([...base, 'id']) });
  const compiled = typeof when === 'string' && when !== '' ? compileCondition(when, values) : null;
  if (compiled?.ok === false) {
    for (const { offset, message, fix } of compiled.problems) {
      const at = map.inText([...base, 'when'], offset);
      result.problems.push({ file: result.path, ...at, message: `rules[${index}].when: ${message}`, fix });
    }
  }
  const rule = ruleSchema.safeParse(raw);
  if (!rule.success) {
    result.problems.push(...explainShape(rule.error.issues, base, result.path, map));
    return;
  }
  result.rules.push({
    source: rule.data,
    condition: compiled?.ok ? compiled.condition : null,
    params: compiled?.ok ? compiled.params : null,
    constant: compiled?.ok ? compiled.constant : null,
    file: result.path,
    place: map.value(base),
    placeOf: (path) => map.value([...base, ...path]),
  });
}
