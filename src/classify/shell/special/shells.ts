import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Programs } from '../program.ts';
import { touch } from '../read/paths.ts';
import type { Call } from '../read/reading.ts';
import { fileOf } from '../read/redirect.ts';
import type { Arg } from '../words/expand.ts';
import { hasExactly, takeApart } from '../words/options.ts';
import { justWritten } from '../read/written.ts';
import { scriptOf } from './wrappers.ts';

const VALUED = new Set('-o +o -O +O --rcfile --init-file'.split(' '));
const STANDARD_INPUT = /^(-|\/dev\/stdin|\/dev\/fd\/\d+|\/proc\/self\/fd\/\d+)$/;

/** Shells and the builtins that run text or files as shell. */
export const SHELLS: Programs = {
  'sh bash dash ksh ash mksh yash rbash': { special: shell },
  'zsh fish csh tcsh': { special: (call) => [...shell(call), ...startsUp(call)] },
  eval: { special: (call) => (call.args.length === 0 ? [] : scriptOf(sentence(call.args, call), call)) },
  'source .': { special: (call) => (call.args[0] === undefined ? [] : file(call.args[0], call)) },
  trap: { special: trap },
  alias: { special: alias },
  cmd: { special: (call) => windows(call, /^\/[ck]$/i) },
  'powershell pwsh': { special: (call) => windows(call, /^-(c|command|encodedcommand|enc|ec|e)$/i) },
};

function sentence(args: readonly Arg[], call: Call): Arg {
  return {
    text: args.map((arg) => arg.text).join(' '),
    known: args.every((arg) => arg.known),
    quoted: true,
    ...call.at,
  };
}

function shell(call: Call): Deed[] {
  const { script, rest, checks, reads } = shellArguments(call.args);
  const options = takeApart(call.args, { valued: VALUED, stopsAtPlain: true });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, `asks "${call.name}" for help`)];
  if (checks) return [deed('look', call.at, `"${call.name} -n" only checks a script`)];
  if (script !== undefined)
    return script.text.trim() === '' ? [deed('run', call.at, 'starts a shell')] : scriptOf(script, call);
  const [path] = rest;
  if (path !== undefined && !reads && !STANDARD_INPUT.test(path.text)) return file(path, call);
  if (path !== undefined && /^\/dev\/fd\/63$/.test(path.text))
    return [deed('blind', path, 'runs what another command prints, which nobody has read')];
  return standardInput(call);
}

/** These run the files of their user first, also for a script. */
function startsUp(call: Call): Deed[] {
  const skips = call.args.some((arg) => /^(-f|--no-rcs|--no-config|-N|--help|--version|-\w*n\w*)$/.test(arg.text));
  return skips ? [] : [deed('run', call.at, `"${call.name}" runs its start-up files`)];
}

/** `-c` may stand in a cluster (`-lc`); its script is the first plain word behind the options. */
function shellArguments(args: readonly Arg[]): {
  script: Arg | undefined;
  rest: readonly Arg[];
  checks: boolean;
  reads: boolean;
} {
  let takesScript = false;
  let checks = false;
  let reads = false;
  let index = 0;
  for (; index < args.length; index++) {
    const text = args[index]?.text ?? '';
    if (text === '--') {
      index++;
      break;
    }
    if (!/^[-+]./.test(text)) break;
    if (!text.startsWith('--')) {
      takesScript ||= /^-\w*c/.test(text);
      checks ||= /^-\w*n/.test(text);
      reads ||= /^-\w*s/.test(text);
    }
    // `-euo pipefail`: an `o` at the end of a cluster takes the next word.
    if (VALUED.has(text) || /^[-+]\w+[oO]$/.test(text)) index++;
  }
  const rest = args.slice(index);
  return { script: takesScript ? rest[0] : undefined, rest: takesScript ? [] : rest, checks, reads };
}

/** A shell that reads its commands from a pipe or a here-document. */
function standardInput(call: Call): Deed[] {
  const { input } = call;
  if (input.text !== undefined) return call.reading.script(input.text, call.at);
  if (input.from === 'nothing') return [deed('run', call.at, `starts "${call.name}"`)];
  return [deed('blind', call.at, `"${call.name}" runs what it gets from a pipe or a file, which nobody has read`)];
}

/** A script file: what is in it is not known, unless this script has written it. */
function file(path: Arg, call: Call): Deed[] {
  const written = call.reading.scope.files.get(fileOf(path.text));
  if (written?.text !== undefined) return call.reading.script(written.text, path);
  if (written !== undefined) return [deed('blind', path, `runs "${path.text}", ${justWritten(written.from)}`)];
  if (/^\/(dev|proc)\//.test(path.text))
    return [deed('blind', path, 'runs what another command prints, which nobody has read')];
  if (/^(\/tmp|\/var\/tmp|\/dev\/shm)\//.test(path.text))
    return [deed('blind', path, `runs "${path.text}", a file that anybody may have put there`)];
  return [deed('run', path, `runs the script "${path.text.slice(0, 80)}"`), ...touch(path, 'look')];
}

function trap(call: Call): Deed[] {
  const [first, second] = call.args.filter((arg) => !/^-[lp]?$|^--$/.test(arg.text));
  return first === undefined || second === undefined ? [deed('look', call.at, 'lists traps')] : scriptOf(first, call);
}

/** An alias is remembered; one that hides a program that only looks is judged as if it had been called. */
function alias(call: Call): Deed[] {
  return call.args.flatMap((arg) => {
    const at = arg.text.indexOf('=');
    if (at <= 0) return [deed('look', arg, 'shows an alias')];
    const text = arg.text.slice(at + 1);
    call.reading.scope.aliases.set(arg.text.slice(0, at), text);
    // What is typed behind an alias goes to the last command in it.
    const called = /[|;&#]\s*$|\n/.test(text) ? text : `${text} "$@"`;
    return [deed('run', arg, 'sets an alias'), ...call.reading.script(called, arg)];
  });
}

/** Windows shells: their language is not read here. */
function windows(call: Call, flag: RegExp): Deed[] {
  const at = call.args.findIndex((arg) => flag.test(arg.text));
  const looks = call.args.length > 0 && call.args.every((arg) => /^(-version|-help|\/\?)$/i.test(arg.text));
  if (looks) return [deed('look', call.at, `asks "${call.name}" for help`)];
  if (at < 0 && call.args.every((arg) => /^[-/]\w+$/.test(arg.text)) && call.input.from === 'nothing')
    return [deed('run', call.at, `starts "${call.name}"`)];
  return [deed('blind', call.at, `"${call.name}" runs code that is not read`)];
}
