import { LineCounter, parseDocument } from 'yaml';
import { compileCondition } from './cel.ts';
import type { Condition } from './cel.ts';
import { explainShape } from './explain-shape.ts';
import type { PolicyFile } from './policy.ts';
import type { PolicyProblem } from './problem.ts';
import type { DefaultsSource, RuleSource } from './schema.ts';
import { fileSchema, ruleSchema } from './schema.ts';
import type { Place } from './source-map.ts';
import { SourceMap } from './source-map.ts';

/** One rule as read, with where it stands. */
export interface ReadRule {
  source: RuleSource;
  condition: Condition | null;
  file: string;
  place: Place;
}

/** One file as read: what is sound in it, and everything that is not. */
export interface ReadFile {
  path: string;
  name: string | null;
  defaults: { source: DefaultsSource; place: Place } | null;
  rules: ReadRule[];
  /** Ids as written, of broken rules too, so that duplicates are found in one go. */
  ids: { id: string; place: Place }[];
  problems: PolicyProblem[];
}

const MAX_CHARACTERS = 2_000_000;

/** Reads one policy file. Never throws: what is wrong is in `problems`. */
export function readPolicyFile(file: PolicyFile): ReadFile {
  const result: ReadFile = { path: file.path, name: null, defaults: null, rules: [], ids: [], problems: [] };
  const problem = (place: Place, message: string, fix: string): void => {
    result.problems.push({ file: file.path, ...place, message, fix });
  };
  if (file.text.length > MAX_CHARACTERS) {
    problem({ line: 1, column: 1 }, 'the file is larger than 2 million characters', 'split it into several files');
    return result;
  }
  const lines = new LineCounter();
  const document = parseDocument(file.text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    version: '1.2',
  });
  const map = new SourceMap(document, file.text, lines);
  for (const error of [...document.errors, ...document.warnings]) {
    const duplicate = error.code === 'DUPLICATE_KEY';
    problem(
      map.at(error.pos[0]),
      duplicate ? 'the same key stands twice in one map' : `the YAML cannot be read: ${error.message}`,
      duplicate ? 'keep one of the two' : 'mend the YAML here',
    );
  }
  if (result.problems.length > 0) return result;
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    problem({ line: 1, column: 1 }, `the YAML cannot be read: ${String(error)}`, 'use fewer aliases');
    return result;
  }
  if (raw === null || raw === undefined) {
    problem({ line: 1, column: 1 }, 'the file is empty', 'write version, name and rules, or remove the file');
    return result;
  }
  readShape(raw, result, map);
  return result;
}

function readShape(raw: unknown, result: ReadFile, map: SourceMap): void {
  const shape = fileSchema.safeParse(raw);
  if (!shape.success) result.problems.push(...explainShape(shape.error.issues, [], result.path, map));
  else {
    result.name = shape.data.name;
    if (shape.data.defaults) result.defaults = { source: shape.data.defaults, place: map.value(['defaults']) };
  }
  const rules: unknown = typeof raw === 'object' && raw !== null && 'rules' in raw ? raw.rules : undefined;
  if (Array.isArray(rules)) rules.forEach((rule: unknown, index) => readRule(rule, index, result, map));
}

function readRule(raw: unknown, index: number, result: ReadFile, map: SourceMap): void {
  const base = ['rules', index];
  const place = map.value(base);
  const written: Record<string, unknown> = typeof raw === 'object' && raw !== null ? { ...raw } : {};
  if (typeof written['id'] === 'string') {
    result.ids.push({ id: written['id'], place: map.value([...base, 'id']) });
  }
  let condition: Condition | null = null;
  const when = written['when'];
  if (typeof when === 'string' && when !== '') {
    const compiled = compileCondition(when);
    if (compiled.ok) condition = compiled.condition;
    else {
      for (const { offset, message, fix } of compiled.problems) {
        const at = map.inText([...base, 'when'], offset);
        result.problems.push({ file: result.path, ...at, message: `rules[${index}].when: ${message}`, fix });
      }
    }
  }
  const rule = ruleSchema.safeParse(raw);
  if (rule.success) result.rules.push({ source: rule.data, condition, file: result.path, place });
  else result.problems.push(...explainShape(rule.error.issues, base, result.path, map));
}
