import type { Deed } from '../effect.ts';
import { deed, EFFECTS } from '../effect.ts';
import type { Programs } from '../program.ts';
import type { Call } from '../read/reading.ts';
import { touch } from '../read/paths.ts';
import type { Arg } from '../words/expand.ts';
import { hasExactly, hasOption, takeApart, valuesOf } from '../words/options.ts';

/** A program that runs the command behind it. */
interface Wrapper {
  /** Options that take the next word. */
  valued?: string;
  /** Plain words that come before the command. */
  skips?: number;
  /** With these it only looks. */
  looks?: string;
  /** It runs the command as somebody else, who may do more. */
  asRoot?: true;
  /** Options whose value is a script. */
  scripts?: string;
  /** What runs is one text for a shell, all words joined. */
  joins?: true;
  /** Options whose value is a file that it writes. */
  writes?: string;
  longDash?: true;
}

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  'sudo doas pkexec run0': {
    valued: '-u -g -p -C -D -h -r -t -T -U -R --user --group --prompt --chdir --host --role --type --chroot',
    asRoot: true,
    looks: '-l --list -V --version -v --validate -k',
  },
  'su runuser': { valued: '-s -g -G -w --shell', scripts: '-c --command --session-command', asRoot: true, skips: 99 },
  env: { valued: '-u -C --unset --chdir --block-signal -P', scripts: '-S --split-string' },
  nice: { valued: '-n --adjustment' },
  ionice: { valued: '-c -n -p --class --classdata' },
  'nohup setsid builtin coproc noglob nocorrect unbuffer dbus-run-session fakeroot rlwrap winpty catchsegv ! time': {
    valued: '-f -o --format --output',
  },
  command: { looks: '-v -V' },
  exec: { valued: '-a' },
  timeout: { valued: '-s -k --signal --kill-after', skips: 1 },
  gtimeout: { valued: '-s -k --signal --kill-after', skips: 1 },
  stdbuf: { valued: '-i -o -e --input --output --error' },
  chrt: { skips: 1 },
  taskset: { skips: 1 },
  numactl: { valued: '-N -m -C --cpunodebind --membind' },
  cpulimit: { valued: '-l -p -e' },
  'unshare nsenter': { valued: '-t --target -S -G -R -w --setuid --setgid --root --wd', asRoot: true },
  'chroot systemd-nspawn proot': { valued: '--userspec --groups -D', skips: 1, asRoot: true },
  flock: { valued: '-w -E --timeout', scripts: '-c --command', skips: 1 },
  'strace ltrace': { valued: '-e -p -s -u -E -S -P', writes: '-o' },
  caffeinate: { valued: '-t -w' },
  arch: { valued: '-e' },
  'busybox toybox': {},
  'systemd-run': { valued: '-p -u --unit --property --slice -M -H --on-calendar --on-active', asRoot: true },
  'watch entr hyperfine gwatch': { valued: '-n -d --interval -w --warmup -r --runs -s -m -M', joins: true },
  'firejail bwrap': { valued: '--profile' },
  direnv: { skips: 2 },
  rtk: {},
  xvfb: {},
};

/** The wrappers as programs: what they do is what their command does. */
export const WRAPPING: Programs = Object.fromEntries(
  Object.entries(WRAPPERS).map(([names, wrapper]) => [names, { special: (call: Call) => unwrap(wrapper, call) }]),
);

function unwrap(wrapper: Wrapper, call: Call): Deed[] {
  const list = (texts: string | undefined): string[] => (texts ?? '').split(/\s+/).filter(Boolean);
  const valued = new Set([...list(wrapper.valued), ...list(wrapper.scripts), ...list(wrapper.writes)]);
  const options = takeApart(call.args, { valued, stopsAtPlain: wrapper.skips !== 99 });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, `asks "${call.name}" for help`)];
  const looks = list(wrapper.looks);
  if (looks.length > 0 && hasOption(options, looks)) return [deed('look', call.at, `"${call.name}" only looks`)];
  const command = options.plain.slice(wrapper.skips ?? 0);
  while (command[0] !== undefined && /^\w+=/.test(command[0].text)) command.shift();
  const inner = [
    ...valuesOf(options, ...list(wrapper.scripts)).flatMap((text) => scriptOf(text, call)),
    ...(wrapper.joins === true ? joined(command, call) : call.reading.argv(command, call.input)),
    ...valuesOf(options, ...list(wrapper.writes)).flatMap((path) => touch(path, 'write')),
  ];
  if (wrapper.asRoot === true) return asRoot(inner, call);
  if (inner.length > 0) return inner;
  return [
    /^(env|exec|!|time|command|builtin|nice|arch|caffeinate)$/.test(call.name)
      ? printsEnvironment(call)
      : deed('run', call.at, `runs "${call.name}"`),
  ];
}

function printsEnvironment(call: Call): Deed {
  return deed('look', call.at, `"${call.name}" alone shows or sets nothing but itself`);
}

function joined(command: readonly Arg[], call: Call): Deed[] {
  return scriptOf(
    {
      text: command.map((arg) => arg.text).join(' '),
      known: command.every((arg) => arg.known),
      quoted: true,
      ...call.at,
    },
    call,
  );
}

/** Reads the text that a shell is given to run. */
export function scriptOf(text: Arg, call: Call): Deed[] {
  if (text.known) return call.reading.script(text.text, text);
  const read = call.reading.script(text.text, text);
  return [deed('blind', text, 'runs a text that only the running shell knows'), ...read];
}

/** With the rights of somebody else: whatever changes anything changes the machine. */
function asRoot(inner: readonly Deed[], call: Call): Deed[] {
  const changes = inner.some(({ effect }) => effect === 'run' || effect === 'write' || effect === 'drop');
  const says = `"${call.name}" gives the command the rights of another user`;
  return [
    deed(changes || inner.length === 0 ? 'disrupt' : 'admin', call.at, says),
    ...inner.filter(({ effect }) => EFFECTS[effect].operation !== 'read'),
  ];
}
