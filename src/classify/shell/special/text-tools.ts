import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import { touch } from '../read/paths.ts';
import type { Call } from '../read/reading.ts';
import { hasExactly, hasOption, takeApart, valuesOf } from '../words/options.ts';
import type { Arg } from '../words/expand.ts';

/** `sed`: looks, unless it edits in place, or its script writes a file (`w`) or runs a command (`e`). */
export function sed(call: Call): Deed[] {
  const options = takeApart(call.args, {
    valued: new Set('-e -f -l -s --expression --file --line-length'.split(' ').filter((one) => one !== '-s')),
  });
  if (hasExactly(options, ['--help', '--version'])) return [deed('look', call.at, 'asks "sed" for help')];
  const given = valuesOf(options, '-e', '--expression');
  const hasFile = valuesOf(options, '-f', '--file').length > 0;
  const scripts = given.length > 0 || hasFile ? given : options.plain.slice(0, 1);
  const files = given.length > 0 || hasFile ? options.plain : options.plain.slice(1);
  const deeds = [deed('look', call.at, '"sed" only prints')];
  if (hasOption(options, ['-i', '-I', '--in-place']))
    deeds.push(...files.flatMap((path) => touch(path, 'write')), deed('write', call.at, 'edits files in place'));
  else deeds.push(...files.flatMap((path) => touch(path, 'look')));
  for (const script of scripts) {
    const writes = /(?:^|[;{}\n]|\/[gpIi0-9]*|\d|\$)\s*[wW]\s+(\S+)/.exec(script.text)?.[1];
    if (writes !== undefined) deeds.push(...touch({ ...script, text: writes }, 'write'));
    if (/(^|[;{}\n\d$])\s*e(\s|$)/.test(script.text.slice(0, 2000)) || substitutesAndRuns(script.text.slice(0, 2000))) {
      deeds.push(deed('blind', script, 'has a script that runs commands'));
    }
  }
  return deeds;
}

/** True for a `s/…/…/e`, whatever stands for the slash: what comes out of it is run. */
function substitutesAndRuns(script: string): boolean {
  for (const { index } of script.matchAll(/(?<=^|[;{}\n\d$/!,\s])s(?=[^\w\s])/g)) {
    const mark = script.charAt(index + 1);
    const middle = endOf(script, index + 2, mark);
    const end = middle < 0 ? -1 : endOf(script, middle + 1, mark);
    if (end >= 0 && /^[gpIimM0-9]*e/.test(script.slice(end + 1, end + 20))) return true;
  }
  return false;
}

/** Where a mark stands that no backslash hides; -1 where there is none. */
function endOf(script: string, from: number, mark: string): number {
  let at = script.indexOf(mark, from);
  while (at > 0 && script.charAt(at - 1) === '\\') at = script.indexOf(mark, at + 1);
  return at;
}

/** `awk`: looks, unless its program writes, pipes or calls `system`. */
export function awk(call: Call): Deed[] {
  const options = takeApart(call.args, {
    valued: new Set('-F -v -f -i -l -E --file --assign --field-separator --include --load'.split(' ')),
    stopsAtPlain: true,
  });
  if (hasExactly(options, ['--help', '--version', '-V', '-W'])) return [deed('look', call.at, 'asks "awk" for help')];
  const files = valuesOf(options, '-f', '-E', '--file', '-i', '-l', '--include', '--load');
  const program = files.length > 0 ? undefined : options.plain[0];
  const inputs = files.length > 0 ? options.plain : options.plain.slice(1);
  const deeds = [deed('look', call.at, '"awk" only prints'), ...inputs.flatMap((path) => touch(path, 'look'))];
  if (hasExactly(options, ['-i=inplace']) || files.some((arg) => arg.text === 'inplace'))
    deeds.push(deed('write', call.at, 'edits files in place'));
  else if (files.length > 0) deeds.push(deed('run', call.at, 'runs a program from a file'));
  if (program === undefined) return deeds;
  const text = program.text.slice(0, 10_000);
  for (const [, command] of text.matchAll(/(?:system\s*\(|\|\s*getline|\|&?)\s*"([^"]*)"/g))
    deeds.push(...call.reading.script(command ?? '', program));
  if (/\bsystem\s*\(|\|\s*getline|"\s*\|\s*getline|\bprintf?\b[^;}]*\|/.test(text))
    deeds.push(deed('run', program, 'has a program that runs commands'));
  for (const [, path] of text.matchAll(/\bprintf?\b[^;}]*?>{1,2}\s*"([^"]+)"/g))
    deeds.push(...touch({ ...program, text: path ?? '' }, 'write'));
  if (/\bprintf?\b[^;}]*>{1,2}\s*[^"\s]/.test(text) && !/\bif\b|\(/.test(text))
    deeds.push(deed('write', program, 'has a program that writes files'));
  if (!program.known) deeds.push(deed('run', program, 'has a program that only the running shell knows'));
  return deeds;
}

/** `dd`: writes to what `of=` names, from the first byte on. */
export function dd(call: Call): Deed[] {
  const target = call.args.find((arg) => arg.text.startsWith('of='));
  if (hasExactly(takeApart(call.args, {}), ['--help', '--version']))
    return [deed('look', call.at, 'asks "dd" for help')];
  const source = call.args.find((arg) => arg.text.startsWith('if='));
  const hidden = call.args.find((arg) => !arg.known && !/^(if|bs|count|skip|seek)=/.test(arg.text));
  if (hidden !== undefined && target === undefined)
    return [deed('overwrite', hidden, 'writes to where only the running shell knows', { confidence: 'low' })];
  const looks = source === undefined ? [] : touch({ ...source, text: source.text.slice(3) }, 'look');
  if (target === undefined) return [deed('look', call.at, '"dd" prints'), ...looks];
  const path: Arg = { ...target, text: target.text.slice(3) };
  const temporary = touch(path, 'lose').every(({ effect }) => effect === 'drop');
  return [
    ...looks,
    ...touch(path, 'write'),
    ...(temporary ? [] : [deed('overwrite', target, `overwrites "${path.text.slice(0, 60)}" block by block`)]),
  ];
}

const TAR = new Set(
  '-f -C -T -X -b -g -I -K -L -N -V -F --file --directory --files-from --exclude --exclude-from --use-compress-program --transform --checkpoint --checkpoint-action --to-command --rsh-command --info-script --new-volume-script --owner --group --mode --mtime --strip-components --listed-incremental --warning --format'.split(
    ' ',
  ),
);

/** `tar`: listing looks, extracting and creating write, and some of its options run programs. */
export function tar(call: Call): Deed[] {
  // The first word may carry the letters without a dash.
  const [first, ...rest] = call.args;
  const old = first !== undefined && /^[A-Za-z]+$/.test(first.text);
  const args = old ? [{ ...first, text: `-${first.text.replace(/f(.*)$/, '$1f')}` }, ...rest] : call.args;
  const options = takeApart(args, { valued: TAR });
  if (hasExactly(options, ['--help', '--version', '--usage'])) return [deed('look', call.at, 'asks "tar" for help')];
  const runs = [
    ...valuesOf(
      options,
      '-I',
      '--use-compress-program',
      '--to-command',
      '--rsh-command',
      '-F',
      '--info-script',
      '--new-volume-script',
    ),
    ...valuesOf(options, '--checkpoint-action')
      .filter((arg) => arg.text.startsWith('exec='))
      .map((arg) => ({ ...arg, text: arg.text.slice(5) })),
  ];
  const archive = valuesOf(options, '-f', '--file').at(-1);
  const deeds = runs.flatMap((text) => [
    deed('run', text, 'runs a program for the archive'),
    ...call.reading.script(text.text, text),
  ]);
  if (archive !== undefined && /^[^/]+:/.test(archive.text))
    deeds.push(deed('leak', archive, 'writes its archive to another host'));
  if (hasExactly(options, ['-t', '--list', '-d', '--diff', '--compare']))
    return [...deeds, deed('look', call.at, '"tar" lists an archive')];
  if (hasExactly(options, ['--delete'])) deeds.push(deed('lose', call.at, 'deletes from an archive'));
  if (hasExactly(options, ['--remove-files'])) deeds.push(deed('lose', call.at, 'deletes what it has packed'));
  const toOutput = hasExactly(options, ['-O', '--to-stdout']) || archive?.text === '-';
  if (hasExactly(options, ['-x', '--extract', '--get'])) {
    const into = valuesOf(options, '-C', '--directory').flatMap((path) => touch(path, 'write'));
    return [
      ...deeds,
      ...into,
      deed(hasExactly(options, ['-O', '--to-stdout']) ? 'look' : 'write', call.at, '"tar" unpacks'),
    ];
  }
  const sources = options.plain.flatMap((path) => touch(path, 'look'));
  return [
    ...deeds,
    ...sources,
    ...(archive === undefined ? [] : touch(archive, 'write')),
    deed(toOutput ? 'look' : 'write', call.at, '"tar" packs'),
  ];
}
