import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { loadPolicyFolder } from '../../decide/policy-folder.ts';
import type { Policy, PolicyFile } from '../../policy/index.ts';
import { formatProblem } from '../../policy/index.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

const CASES = /\.test\.ya?ml$/;
const POLICY = /(?<!\.test)\.ya?ml$/;

/** Loads a folder of policy files. Throws `CliError` with every problem on a line of its own. */
export function loadPolicy(terminal: Terminal, dir: string): Policy {
  const loaded = loadPolicyFolder(shortest(terminal, dir));
  if (loaded.ok) return loaded.policy;
  throw brokenPolicy(loaded.problems.map(formatProblem));
}

/** A policy or its cases cannot be used. */
export function brokenPolicy(problems: readonly string[]): CliError {
  return new CliError('policy_broken', problems.join('\n'), EXIT.usage);
}

/** The files of cases of a policy folder: `*.test.yaml` in it and in its folder `tests`, in a stable order. */
export function caseFiles(terminal: Terminal, dir: string): PolicyFile[] {
  const folder = shortest(terminal, dir);
  return [folder, join(folder, 'tests')].flatMap((each) => filesOf(each, CASES));
}

/** The policy files of a folder, as texts. */
export function policyTexts(terminal: Terminal, dir: string): PolicyFile[] {
  const folder = shortest(terminal, dir);
  return filesOf(folder, POLICY).map(({ path, text }) => ({
    path: join(basename(dirname(path)), basename(path)),
    text,
  }));
}

function filesOf(folder: string, name: RegExp): PolicyFile[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const names = readdirSync(folder).filter((each) => name.test(each) && !each.startsWith('.'));
  return names.sort().map((each) => ({ path: join(folder, each), text: readFileSync(join(folder, each), 'utf8') }));
}

/** The path as a person at that terminal would write it: problems begin with it. */
function shortest(terminal: Terminal, dir: string): string {
  const full = resolve(terminal.cwd, dir);
  const short = relative(process.cwd(), full);
  return short === '' || short.startsWith('..') ? full : short;
}
