import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Programs } from '../program.ts';
import { touch } from '../read/paths.ts';
import type { Call } from '../read/reading.ts';
import { fileOf } from '../read/redirect.ts';
import type { Arg } from '../words/expand.ts';
import { hasExactly, takeApart } from '../words/options.ts';
import { RUNS_COMMANDS, ONLY_COMPUTES, DESTROYS, TALKS_TO_SHELL } from './code-words.ts';

/** How an interpreter is given a program on its command line. */
interface Interpreter {
  code: string;
  valued?: string;
  /** Options that only look. */
  looks?: string;
  /** A module that runs: `python -m`. */
  module?: string;
  pure?: RegExp;
}

const INTERPRETERS: Readonly<Record<string, Interpreter>> = {
  'python python2 python3 pypy pypy3 ipython': {
    code: '-c',
    valued: '-W -X',
    looks: '-V',
    module: '-m',
    pure: ONLY_COMPUTES.python,
  },
  'node nodejs bun deno tsx ts-node': {
    code: '-e -p --eval --print -pe',
    valued: '-r --require --import --loader',
    looks: '-v --check',
    pure: ONLY_COMPUTES.node,
  },
  perl: { code: '-e -E', valued: '-I -M -m', looks: '-v -c' },
  'ruby jruby irb': { code: '-e', valued: '-I -r', looks: '-v -c', pure: ONLY_COMPUTES.ruby },
  php: { code: '-r -B -R -E', valued: '-d -c', looks: '-v -i -l' },
  'lua luajit': { code: '-e', valued: '-l', looks: '-v' },
  osascript: { code: '-e' },
  'Rscript R': { code: '-e' },
  'julia elixir groovy scala': { code: '-e', looks: '-v' },
};

/** Interpreters of other languages: what they run is not parsed, but searched for words that destroy. */
export const CODE: Programs = Object.fromEntries(
  Object.entries(INTERPRETERS).map(([names, one]) => [names, { special: (call: Call) => interpret(one, call) }]),
);

function interpret(interpreter: Interpreter, call: Call): Deed[] | undefined {
  const codes = interpreter.code.split(' ');
  const valued = new Set(
    `${interpreter.code} ${interpreter.valued ?? ''} ${interpreter.module ?? ''}`.split(' ').filter(Boolean),
  );
  const options = takeApart(call.args, { valued, stopsAtPlain: true });
  const looks = ['--version', '--help', '-h', ...(interpreter.looks ?? '').split(' ').filter(Boolean)];
  if (options.flags.length > 0 && hasExactly(options, looks))
    return [deed('look', call.at, `"${call.name}" only looks`)];
  const given = options.flags
    .filter(({ name }) => codes.includes(name))
    .flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (given.length > 0) {
    const text = given.map((arg) => arg.text).join('\n');
    const hidden = given.every((arg) => arg.known)
      ? []
      : [deed('blind', call.at, 'runs code that only the running shell knows')];
    return [...hidden, ...judgeCode(text, interpreter.pure, given[0] ?? call.at, call)];
  }
  const module = options.flags.find(({ name }) => name === interpreter.module)?.value;
  if (module !== undefined) return moduleOf(module, options.plain, call);
  const [path] = options.plain;
  if (path !== undefined && !/^(-|\/dev\/stdin)$/.test(path.text)) return file(path, interpreter, call);
  if (call.input.text !== undefined) return judgeCode(call.input.text, interpreter.pure, call.at, call);
  if (call.input.from === 'nothing') return [deed('run', call.at, `starts "${call.name}"`)];
  return [deed('blind', call.at, `"${call.name}" runs what it gets from a pipe or a file, which nobody has read`)];
}

function file(path: Arg, interpreter: Interpreter, call: Call): Deed[] {
  const written = call.reading.scope.files.get(fileOf(path.text));
  if (written?.text !== undefined) return judgeCode(written.text, interpreter.pure, path, call);
  if (written?.from === 'network' || path.text.startsWith('/dev/fd/'))
    return [deed('blind', path, `runs "${path.text}", which nobody has read`)];
  return [deed('run', path, `runs the program "${path.text.slice(0, 80)}"`), ...touch(path, 'look')];
}

/** `python -m pip …` is pip. What is called like a module of the library may as well be a file of the workspace. */
function moduleOf(module: Arg, rest: readonly Arg[], call: Call): Deed[] {
  if (/^(pip|pytest|black|ruff|isort|mypy|uv)$/.test(module.text))
    return call.reading.argv([module, ...rest], call.input);
  return [deed('run', module, `runs the module "${module.text.slice(0, 60)}"`)];
}

/**
 * Judges code by a search for words: what deletes or calls a shell is destructive, what has no word for anything but
 * computing only looks, and the rest is run.
 */
export function judgeCode(
  code: string,
  pure: RegExp | undefined,
  at: { start: number; end: number },
  call: Call,
): Deed[] {
  const text = code.slice(0, 20_000);
  const destroys = DESTROYS.exec(text);
  if (destroys !== null)
    return [deed('lose', at, `has code that deletes or overwrites: "${destroys[0].slice(0, 40)}"`)];
  const shell = TALKS_TO_SHELL.exec(text);
  if (shell !== null) {
    const inner = quoted(text)
      .flatMap((line) => call.reading.script(line, at))
      .filter(({ confidence }) => confidence !== 'low');
    const plain = inner.length > 0 && !RUNS_COMMANDS.test(text);
    return [
      deed(plain ? 'run' : 'blind', at, `has code that starts other programs: "${shell[0].slice(0, 40)}"`),
      ...inner,
    ];
  }
  if (pure?.test(text) === true) return [deed('look', at, 'has code that only computes and prints')];
  return [deed('run', at, `runs code of "${call.name}"`)];
}

/** The texts in quotes, which may be commands. */
function quoted(code: string): string[] {
  return [...code.matchAll(/'([^'\n]{2,400})'|"([^"\n]{2,400})"|`([^`\n]{2,400})`/g)]
    .map((found) => found[1] ?? found[2] ?? found[3] ?? '')
    .filter((text) => /\s/.test(text))
    .slice(0, 5);
}
