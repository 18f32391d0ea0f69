import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import { touch } from '../read/paths.ts';
import type { Call } from '../read/reading.ts';
import { placeOf } from '../words/places.ts';
import { hasOption, takeApart, valuesOf } from '../words/options.ts';
import { fileOf } from '../read/redirect.ts';
import type { Arg } from '../words/expand.ts';
import { proxies } from './remote.ts';
import { scriptOf } from './wrappers.ts';

const NC = new Set(
  '-e -c -p -s -w -i -o -x -X -q -m -g -G -T -O -I -V --exec --sh-exec --lua-exec --source --proxy'.split(' '),
);

/** `nc`, `ncat`, `telnet`: a raw connection, and with `-e` a door for whoever is on the other side. */
export function netcat(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: NC });
  const doors = valuesOf(options, '-e', '-c', '--exec', '--sh-exec', '--lua-exec');
  if (doors.length > 0)
    return [
      deed('leak', call.at, 'gives a program to whoever is on the other side'),
      ...doors.flatMap((text) => scriptOf(text, call)),
    ];
  if (hasOption(options, ['-z'])) return [deed('fetch', call.at, 'looks whether a port is open')];
  if (call.input.from === 'files' || call.input.from === 'secrets')
    return [deed('leak', call.at, 'sends out what it gets from a pipe or a file')];
  return [deed('run', call.at, 'opens a raw connection'), deed('send', call.at, 'opens a raw connection')];
}

/** `socat`: like `nc`, with its ends written as addresses. */
export function socat(call: Call): Deed[] {
  const ends = takeApart(call.args, {}).plain;
  const runs = ends.flatMap((arg) => {
    const [, text] = /^(?:EXEC|SYSTEM|SHELL):(.*)$/is.exec(arg.text) ?? [];
    return text === undefined
      ? []
      : [
          {
            ...arg,
            text: text.replace(/^['"]|['"]$/g, '').replace(/,(pty|stderr|setsid|sigint|sane|raw|echo=\d).*$/i, ''),
          },
        ];
  });
  const network = ends.some((arg) => /^(TCP|UDP|OPENSSL|SSL|SCTP|VSOCK|SOCKS|PROXY)\w*[-:]/i.test(arg.text));
  const files = ends.some((arg) => /^(OPEN|FILE|GOPEN|CREATE):/i.test(arg.text));
  const shells = runs.some((arg) => /\b(ba|z|k|da|c)?sh\b|\b(python|perl|ruby)\b|cmd|powershell/.test(arg.text));
  if (network && (files || shells || call.input.from === 'files' || call.input.from === 'secrets')) {
    return [
      deed('leak', call.at, 'joins a connection with a file or a shell'),
      ...runs.flatMap((text) => scriptOf(text, call)),
    ];
  }
  return [
    deed('run', call.at, 'joins two ends'),
    deed('send', call.at, 'joins two ends'),
    ...runs.flatMap((text) => scriptOf(text, call)),
  ];
}

/** `mail`: a text of the script's own is sent; a file or what a pipe gives leaves unseen. */
export function mail(call: Call): Deed[] {
  const attached = call.args.some((arg) => /^(-a|-A|--attach.*)$/.test(arg.text));
  if (attached || call.input.from === 'files' || call.input.from === 'secrets')
    return [deed('leak', call.at, 'mails a file, or what it gets from a pipe, which nobody has looked at')];
  return [deed('send', call.at, 'sends a mail', { kind: 'messaging' })];
}

/** A file that comes from another host is one that nobody has read. */
function fetched(sources: readonly Arg[], target: Arg, { reading }: Call): void {
  if (sources.some((arg) => /^[^/]+:/.test(arg.text)) && !target.text.includes(':'))
    reading.scope.files.set(fileOf(target.text), { from: 'network' });
}

const SCP = new Set('-c -D -F -i -J -l -o -P -S -X'.split(' '));

/** `scp`: secrets do not leave, nothing of a system is replaced. */
export function scp(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: SCP });
  const { plain } = options;
  const target = plain.at(-1);
  const sources = plain.slice(0, -1);
  const deeds = [deed('send', call.at, 'copies between hosts'), ...proxies(options, call)];
  if (target === undefined) return deeds;
  fetched(plain.slice(0, -1), target, call);
  const [, host, path] = /^([^/:]+(?:@[^:]+)?):(.*)$/.exec(target.text) ?? [];
  if (host === undefined) deeds.push(...touch(target, 'write'));
  else if (/^(system|secret|device)$/.test(placeOf(path ?? '')))
    deeds.push(deed('overwrite', target, `writes to "${path ?? ''}" of another host`));
  for (const source of sources) {
    const secret = /^(secret|system)$/.test(placeOf(source.text)) && host !== undefined;
    if (secret) deeds.push(deed('leak', source, `sends out "${source.text.slice(0, 60)}"`, { sensitivity: 'secrets' }));
  }
  return deeds;
}

const RSYNC = new Set(
  '-e -f -B -M -T --rsh --filter --exclude --include --exclude-from --include-from --files-from --rsync-path --port --bwlimit --log-file --password-file --backup-dir --suffix --chmod --chown --compare-dest --link-dest --copy-dest --max-size --min-size --timeout --out-format --temp-dir --partial-dir --info --debug --modify-window --address --sockopts'.split(
    ' ',
  ),
);

/** `rsync`: `--delete` and `--remove-source-files` lose files, a dry run does nothing. */
export function rsync(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: RSYNC });
  const { plain } = options;
  if (
    options.flags.some(({ name }) => ['--list-only', '--help', '--version', '-V'].includes(name)) ||
    plain.length === 1
  ) {
    return [deed('look', call.at, '"rsync" only looks')];
  }
  if (options.flags.some(({ name }) => name === '-n' || name === '--dry-run'))
    return [deed('rehearse', call.at, '"rsync" only says what it would copy')];
  const remote = plain.some((arg) => /^[^/]+:/.test(arg.text) || arg.text.includes('::'));
  const deeds = [deed(remote ? 'send' : 'write', call.at, 'copies files')];
  if (
    hasOption(options, [
      '--delete',
      '--delete-after',
      '--delete-before',
      '--delete-during',
      '--delete-delay',
      '--delete-excluded',
      '--del',
      '--remove-source-files',
      '--delete-missing-args',
      '--existing-only',
    ])
  ) {
    deeds.push(deed('lose', call.at, 'deletes files that the other side does not have'));
  }
  deeds.push(
    ...valuesOf(options, '-e', '--rsh', '--rsync-path')
      .filter((arg) => !/^ssh\b/.test(arg.text))
      .flatMap((text) => scriptOf(text, call)),
  );
  const target = plain.at(-1);
  if (target !== undefined) fetched(plain.slice(0, -1), target, call);
  if (target?.text.includes(':') === false) deeds.push(...touch(target, 'write'));
  const wide = plain.slice(0, -1).filter((arg) => /^(secret|home|system)$/.test(placeOf(arg.text)));
  if (remote && target?.text.includes(':') === true)
    deeds.push(...wide.map((arg) => deed('leak', arg, `sends out "${arg.text.slice(0, 60)}"`)));
  return deeds;
}
