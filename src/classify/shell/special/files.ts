import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import { fileOf } from '../read/redirect.ts';
import { touch } from '../read/paths.ts';
import type { Call } from '../read/reading.ts';
import type { Arg } from '../words/expand.ts';
import { hasExactly, hasOption, takeApart, valuesOf } from '../words/options.ts';
import { placeOf } from '../words/places.ts';

/** `rm` and its like. Temporary files and what a build makes again are no loss. */
export function remove(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: new Set(['-n', '-s', '--iterations', '--size']) });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, `asks "${call.name}" for help`)];
  // `-n` takes no value for rm; nothing is lost by taking one too many as plain.
  const paths = options.plain;
  if (paths.length === 0) return [deed('drop', call.at, `"${call.name}" with nothing to delete`)];
  const whole =
    hasOption(options, ['-r', '-R', '--recursive', '--no-preserve-root']) &&
    paths.some((arg) => /^(system|home)$/.test(placeOf(arg.text)));
  const deeds = paths.flatMap((path) => touch(path, 'lose'));
  return whole
    ? [deed('lose', call.at, 'deletes a whole system or home folder', { kind: 'filesystem' }), ...deeds]
    : deeds;
}

/** `cp`, `install`, `ln`: what stands at the target is replaced; places of the system and secrets count. */
export function copy(call: Call): Deed[] {
  const options = takeApart(call.args, {
    valued: new Set('-t -S -m -o -g --target-directory --suffix --mode --owner --group'.split(' ')),
  });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, `asks "${call.name}" for help`)];
  const named = valuesOf(options, '-t', '--target-directory');
  const targets = named.length > 0 ? named : options.plain.slice(-1);
  const sources = named.length > 0 ? options.plain : options.plain.slice(0, -1);
  carry(sources, targets, call);
  const emptied = sources.some((arg) => /^\/dev\/(null|zero|u?random)$/.test(arg.text));
  return [
    deed(
      emptied ? 'overwrite' : 'write',
      call.at,
      emptied ? 'overwrites a file with nothing' : `"${call.name}" writes`,
      { kind: 'filesystem' },
    ),
    ...targets.flatMap((path) => touch(path, 'write')),
    ...sources.flatMap((path) => touch(path, 'look')).filter(({ effect }) => effect === 'reveal' && call.name !== 'ln'),
    ...(call.name === 'ln'
      ? sources
          .filter((path) => placeOf(path.text) === 'secret')
          .map((path) => deed('reveal', path, 'gives a secret another name'))
      : []),
  ];
}

/** `mv`: as `cp`, and what is moved away is gone from where it was. */
export function move(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: new Set('-t -S --target-directory --suffix'.split(' ')) });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, 'asks "mv" for help')];
  const named = valuesOf(options, '-t', '--target-directory');
  const targets = named.length > 0 ? named : options.plain.slice(-1);
  const sources = named.length > 0 ? options.plain : options.plain.slice(0, -1);
  carry(sources, targets, call);
  const away = sources.filter((arg) => /^(system|home|secret|history|personal|device)$/.test(placeOf(arg.text)));
  return [
    deed('write', call.at, '"mv" moves', { kind: 'filesystem' }),
    ...(targets.some((path) => placeOf(path.text) === 'nowhere') ? [deed('lose', call.at, 'moves to nowhere')] : []),
    ...targets.flatMap((path) => touch(path, 'write')),
    ...away.map((path) => deed('lose', path, `moves "${path.text.slice(0, 60)}" away`, { kind: 'filesystem' })),
  ];
}

const OPEN_TO_ALL =
  /^(0?[0-7]?[0-7][0-7][2367]|0?000|[ugoa]*[oa][ugoa]*[+=][rwxXst]*w[rwxXst]*|\+[rwx]*w[rwx]*|[ugoa]*\+[rwxX]*s[rwx]*|[46][0-7]{3}|[ugoa]*=|a-[rwx]+)$/;

/** `chmod`, `chown` and their like: harmless on one's own files, not when everyone may write or a system is changed. */
export function rights(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: new Set(['--from', '--reference']) });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, `asks "${call.name}" for help`)];
  const reference = hasOption(options, ['--reference']);
  // `chmod -x file` takes a right away: its mode looks like an option.
  const looksLikeMode = options.flags.some(({ name }) => call.name === 'chmod' && /^-[rwxst]$/.test(name));
  const [mode, ...rest] = options.plain;
  const paths: readonly Arg[] = reference || looksLikeMode ? options.plain : rest;
  const deep = hasOption(options, ['-R', '--recursive']);
  const grave = paths.some(
    (path) =>
      !path.known ||
      /^(system|home|secret|device|history|personal)$/.test(placeOf(path.text)) ||
      (deep && /^(\.{1,3}|[.*/]*\*)\/?$/.test(path.text)),
  );
  const wide = deep && options.plain.some((arg) => /^(\.{1,3}|[./]*\*)\/?$/.test(arg.text));
  const windows = /^(icacls|cacls|takeown)$/.test(call.name) && call.args.length > 1;
  const open = call.name === 'chmod' && mode !== undefined && OPEN_TO_ALL.test(mode.text);
  const root = call.name !== 'chmod' && /^(root|0)\b/.test(mode?.text ?? '');
  const all = deep && paths.length === 0 && mode?.text.startsWith('/') === true;
  if (grave || open || root || all || wide || windows)
    return [
      deed(
        'disrupt',
        call.at,
        `changes who may use ${paths.map((path) => `"${path.text.slice(0, 40)}"`).join(', ') || 'files'}`,
        { kind: 'filesystem' },
      ),
    ];
  return [deed('admin', call.at, `changes rights with "${call.name}"`, { kind: 'filesystem' })];
}

/** Remembers what a file gets from a pipe, in case the script runs it later. */
function note(path: Arg, { input, reading }: Call): void {
  if (input.from === 'nothing') return;
  const text = input.text === undefined ? {} : { text: input.text };
  reading.scope.files.set(fileOf(path.text), { from: input.from === 'network' ? 'network' : 'script', ...text });
}

/** What is known of a file is known of its copy. */
function carry(sources: readonly Arg[], targets: readonly Arg[], { reading }: Call): void {
  const written = sources.map((path) => reading.scope.files.get(fileOf(path.text))).find((one) => one !== undefined);
  if (written === undefined) return;
  for (const path of targets) reading.scope.files.set(fileOf(path.text), written);
}

/** `tee`: writes what it is given. */
export function tee(call: Call): Deed[] {
  const { plain } = takeApart(call.args, {});
  for (const path of plain) note(path, call);
  return [deed('look', call.at, '"tee" prints what it is given'), ...plain.flatMap((path) => touch(path, 'write'))];
}
