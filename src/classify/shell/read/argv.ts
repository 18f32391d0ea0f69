import type { Deed, Effect } from '../effect.ts';
import { deed, EFFECTS } from '../effect.ts';
import type { Program } from '../program.ts';
import { PROGRAMS } from '../programs/index.ts';
import type { Statement } from '../syntax/tree.ts';
import type { Arg } from '../words/expand.ts';
import { justWritten } from './written.ts';
import { takeApart } from '../words/options.ts';
import { judgeSql } from '../special/sql-text.ts';
import { judgeByTable } from './by-table.ts';
import { touch } from './paths.ts';
import type { Call, Input, Reading } from './reading.ts';
import { fileOf } from './redirect.ts';
import { effectOfVerb } from './verbs.ts';

const STANDARD_FOLDER =
  /^(\/(usr\/|usr\/local\/|opt\/homebrew\/|opt\/local\/|home\/linuxbrew\/\.linuxbrew\/|run\/current-system\/sw\/)?s?bin\/)/;

/** Reads one command: which program, and what it does with these arguments. */
export function readArgv(args: readonly Arg[], input: Input, reading: Reading): Deed[] {
  const [first, ...rest] = args;
  if (first === undefined) return [];
  if (!reading.scope.spend()) return [];
  if (!first.known)
    return [
      deed('blind', first, `runs "${first.text.slice(0, 80)}", which only the running shell knows`, {
        confidence: 'low',
      }),
      ...guess(rest),
    ];
  const body = reading.scope.functions.get(first.text);
  if (body !== undefined) return called(first, body, input, reading);
  const alias = reading.scope.aliases.get(first.text);
  if (alias !== undefined && !reading.scope.calls.has(first.text)) {
    return guarded(first.text, reading, () => reading.script([alias, ...rest.map((arg) => arg.text)].join(' '), first));
  }
  const at = { start: first.start, end: args.at(-1)?.end ?? first.end };
  const { name, program, local } = lookUp(first.text);
  const call: Call = { name, args: rest, input, reading, at };
  const deeds =
    program === undefined ? unknownProgram(call, first) : (program.special?.(call) ?? judgeByTable(program, call));
  return local ? [...deeds, ...ownProgram(first, reading)] : deeds;
}

interface Found {
  name: string;
  program: Program | undefined;
  /** It is named by a path that is no standard folder: whoever put it there says what it does. */
  local: boolean;
}

function lookUp(word: string): Found {
  const slash = Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\'));
  const base = word.slice(slash + 1);
  const name = base.replace(/\.(exe|cmd|bat|com)$/i, '');
  const program = PROGRAMS.get(name) ?? PROGRAMS.get(name.toLowerCase()) ?? PROGRAMS.get(name.replace(/[\d.]+$/, ''));
  return { name, program, local: slash >= 0 && !STANDARD_FOLDER.test(word) };
}

/** A program of the workspace: run, and read where the script itself has written it. */
function ownProgram(first: Arg, reading: Reading): Deed[] {
  const written = reading.scope.files.get(fileOf(first.text));
  if (written?.text !== undefined) return reading.script(written.text, first);
  if (written !== undefined) return [deed('blind', first, `runs "${first.text}", ${justWritten(written.from)}`)];
  return [deed('run', first, `runs "${first.text.slice(0, 80)}"`, { confidence: 'low' })];
}

function called(first: Arg, body: readonly Statement[], input: Input, reading: Reading): Deed[] {
  if (reading.scope.calls.has(first.text)) return [];
  return guarded(first.text, reading, () => reading.scope.deeper(() => reading.statements(body, input), []));
}

function guarded(name: string, reading: Reading, what: () => Deed[]): Deed[] {
  reading.scope.calls.add(name);
  try {
    return what();
  } finally {
    reading.scope.calls.delete(name);
  }
}

/** Statements that stand where a command should; in capitals, as no program is written. */
const SQL_WORD = /^(UPDATE|DELETE|DROP|TRUNCATE|ALTER|GRANT|REVOKE|INSERT|MERGE|FLUSHALL|FLUSHDB)$/;

/** A program that nobody here knows: it runs something. Its own name and its words may still say that it destroys. */
function unknownProgram(call: Call, first: Arg): Deed[] {
  const only =
    call.args.length > 0 && call.args.every((arg) => ['--help', '--version', '-h', '-V', 'help'].includes(arg.text));
  if (only) return [deed('look', call.at, `asks "${call.name.slice(0, 80)}" for help`, { confidence: 'medium' })];
  if (SQL_WORD.test(call.name))
    return judgeSql([call.name, ...call.args.map((arg) => arg.text)].join(' '), 'sql', call.at);
  const says = `runs "${call.name.slice(0, 80)}", which is not a program that is known`;
  return [deed('run', first, says, { confidence: 'low' }), ...guess([{ ...first, text: call.name }, ...call.args])];
}

const WORST: ReadonlySet<Effect> = new Set(['lose', 'disrupt']);

/** Words among the first few that say that something is destroyed or stopped. */
function guess(args: readonly Arg[]): Deed[] {
  const { plain } = takeApart(args, {});
  for (const arg of plain.slice(0, 4)) {
    if (arg.quoted && /\s/.test(arg.text)) continue;
    const effect = /[/.]\w+$/.test(arg.text) && !/[(]/.test(arg.text) ? undefined : effectOfVerb(arg.text);
    if (effect !== undefined && WORST.has(effect)) {
      return [
        deed(effect, arg, `has the word "${arg.text.slice(0, 40)}", which ${EFFECTS[effect].says}`, {
          confidence: 'low',
        }),
      ];
    }
  }
  return plain.flatMap((arg) => touch(arg, 'look')).filter(({ effect }) => effect === 'reveal');
}
