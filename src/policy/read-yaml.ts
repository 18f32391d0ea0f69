import { LineCounter, parseDocument } from 'yaml';
import type { PolicyFile } from './policy.ts';
import type { PolicyProblem } from './problem.ts';
import type { Place } from './source-map.ts';
import { SourceMap } from './source-map.ts';

/** A YAML file as plain values with their places, or everything that is wrong with its YAML. */
export type ReadYaml = { ok: true; raw: unknown; map: SourceMap } | { ok: false; problems: PolicyProblem[] };

const MAX_CHARACTERS = 2_000_000;
const START: Place = { line: 1, column: 1 };

/** Reads the YAML of a file of at most 2 million characters. Never throws. */
export function readYaml(file: PolicyFile): ReadYaml {
  const problems: PolicyProblem[] = [];
  const problem = (place: Place, message: string, fix: string): ReadYaml => {
    problems.push({ file: file.path, ...place, message, fix });
    return { ok: false, problems };
  };
  if (file.text.length > MAX_CHARACTERS) {
    return problem(START, 'the file is larger than 2 million characters', 'split it into several files');
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
  if (problems.length > 0) return { ok: false, problems };
  try {
    const raw: unknown = document.toJS({ maxAliasCount: 100 });
    if (raw !== null && raw !== undefined) return { ok: true, raw, map };
    return problem(START, 'the file is empty', 'write version, name and rules, or remove the file');
  } catch (error) {
    return problem(START, `the YAML cannot be read: ${String(error)}`, 'use fewer aliases');
  }
}
