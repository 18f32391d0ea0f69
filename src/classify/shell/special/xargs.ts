import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Programs } from '../program.ts';
import { touch } from '../read/paths.ts';
import type { Call } from '../read/reading.ts';
import type { Arg } from '../words/expand.ts';
import { hasExactly, takeApart } from '../words/options.ts';

const XARGS = new Set(
  '-a -d -E -I -L -n -P -s -J -R -S --arg-file --delimiter --max-lines --max-args --max-procs --max-chars --process-slot-var'.split(
    ' ',
  ),
);
const PARALLEL = new Set(
  '-j -I -a -N -n --jobs --arg-file --colsep --delimiter --results --joblog --timeout --tmpdir --retries --load --memfree -S --sshlogin'.split(
    ' ',
  ),
);

/** Programs that run a command once for each thing that they are given. */
export const SPREADING: Programs = {
  'xargs gxargs': { special: xargs },
  parallel: { special: parallel },
};

/** What only the running shell knows: the arguments that come from outside. */
function given(call: Call): Arg[] {
  const { text } = call.input;
  const words = text
    ?.split(/[\s\0]+/)
    .filter(Boolean)
    .slice(0, 50);
  if (words !== undefined && words.length > 0)
    return words.map((word) => ({ text: word, known: true, quoted: false, ...call.at }));
  return [{ text: '$(…)', known: false, quoted: false, ...call.at }];
}

function xargs(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: XARGS, stopsAtPlain: true });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, 'asks for help')];
  const marks = options.flags.flatMap(({ name, value }) =>
    ['-I', '-J', '-i', '--replace'].includes(name) ? [value?.text ?? '{}'] : [],
  );
  const terminal = hasExactly(options, ['-o', '--open-tty', '-p', '--interactive'])
    ? [deed('run', call.at, 'asks at the terminal')]
    : [];
  // `-i` may carry its mark in the same word, letter by letter.
  const mark =
    marks.length > 0 || options.flags.some(({ name }) => name === '-{')
      ? (marks.find((one) => one !== '') ?? '{}')
      : undefined;
  const inputs = given(call);
  const command = options.plain;
  if (command.length === 0) return [...terminal, deed('look', call.at, 'prints what it is given')];
  const full = mark === undefined ? [...command, ...inputs] : command.map((arg) => filled(arg, mark, inputs));
  return [...terminal, ...call.reading.argv(full, { from: 'nothing' })];
}

function filled(arg: Arg, mark: string, inputs: readonly Arg[]): Arg {
  if (mark === '' || !arg.text.includes(mark)) return arg;
  const known = arg.known && inputs.every((one) => one.known);
  return { ...arg, text: arg.text.replaceAll(mark, inputs.map((one) => one.text).join(' ')), known };
}

function parallel(call: Call): Deed[] {
  const at = call.args.findIndex((arg) => /^::::?\+?$/.test(arg.text));
  const own = at < 0 ? call.args : call.args.slice(0, at);
  const options = takeApart(own, { valued: PARALLEL, stopsAtPlain: true });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, 'asks for help')];
  const inputs: Arg[] =
    at < 0 || call.args[at]?.text !== ':::' ? given(call) : call.args.slice(at + 1).filter((arg) => arg.text !== ':::');
  const command = options.plain;
  if (command.length === 0) {
    return inputs.flatMap((one) =>
      one.known
        ? call.reading.script(one.text, one)
        : [deed('blind', call.at, 'runs every line that it is given as a command')],
    );
  }
  const replaces = command.some((arg) => arg.text.includes('{}'));
  const words = replaces ? command.map((arg) => filled(arg, '{}', inputs)) : [...command, ...inputs];
  const [only] = command;
  const text = {
    text: words.map((arg) => arg.text).join(' '),
    known: words.every((arg) => arg.known),
    quoted: true,
    ...call.at,
  };
  if (command.length === 1 && only !== undefined && /\s/.test(only.text)) return call.reading.script(text.text, text);
  return call.reading.argv(words, { from: 'nothing' });
}

const RUNS = /^-(exec|execdir|ok|okdir)$/;
const PRINTS_TO = /^-(fprint|fprint0|fls|fprintf)$/;

/** `find`: looks, unless it deletes, runs a command for what it finds, or writes a list. */
export const FINDING: Programs = { 'find gfind': { special: find }, 'fd fdfind': { special: fd } };

function find(call: Call): Deed[] {
  const deeds = [deed('look', call.at, '"find" only looks')];
  const starts = call.args
    .slice(
      0,
      Math.max(
        0,
        call.args.findIndex((arg) => /^[-(!]/.test(arg.text)),
      ),
    )
    .filter((arg) => !arg.text.startsWith('-'));
  for (let index = 0; index < call.args.length; index++) {
    const arg = call.args[index];
    if (arg === undefined) break;
    if (arg.text === '-delete') deeds.push(deed('lose', arg, 'deletes what it finds', { kind: 'filesystem' }));
    if (!arg.known && arg.text.startsWith('-'))
      deeds.push(deed('blind', arg, `has "${arg.text.slice(0, 40)}", which may delete or run`, { confidence: 'low' }));
    const next = call.args[index + 1];
    if (PRINTS_TO.test(arg.text) && next !== undefined) deeds.push(...touch(next, 'write'));
    if (!RUNS.test(arg.text)) continue;
    if (arg.text.startsWith('-ok')) deeds.push(deed('run', arg, 'asks at the terminal'));
    const rest = call.args.slice(index + 1);
    const end = rest.findIndex(
      (one, position) => /^\\?;$/.test(one.text) || (one.text === '+' && rest[position - 1]?.text === '{}'),
    );
    const command = end < 0 ? rest : rest.slice(0, end);
    // What it finds lies below where it starts, but which of it is not known.
    const found: Arg = {
      ...arg,
      text: starts.length === 1 ? (starts[0]?.text ?? '') + '/$FOUND' : '$FOUND',
      known: false,
    };
    deeds.push(
      ...call.reading.argv(
        command.map((one) => filled(one, '{}', [found])),
        { from: 'nothing' },
      ),
    );
    index += command.length;
  }
  return deeds;
}

function fd(call: Call): Deed[] {
  const at = call.args.findIndex((arg) => /^(-x|-X|--exec|--exec-batch)(=|$)/.test(arg.text));
  if (at < 0) return [deed('look', call.at, '"fd" only looks')];
  const command = call.args.slice(at + 1).filter((arg) => arg.text !== ';');
  return call.reading.argv([...command, { text: '$FOUND', known: false, quoted: false, ...call.at }], {
    from: 'nothing',
  });
}
