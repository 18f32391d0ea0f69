import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import { touch } from '../read/paths.ts';
import type { Call } from '../read/reading.ts';
import { fileOf } from '../read/redirect.ts';
import type { Arg } from '../words/expand.ts';
import { placeOf } from '../words/places.ts';
import type { Options } from '../words/options.ts';
import { hasExactly, hasOption, takeApart, valuesOf } from '../words/options.ts';

const CURL = new Set(
  `-A -b -c -C -d -D -e -E -F -h -H -K -m -o -P -Q -r -t -T -u -U -w -x -X -y -Y -z --abstract-unix-socket --alt-svc --aws-sigv4
   --cacert --capath --cert --cert-type --ciphers --config --connect-timeout --connect-to --cookie --cookie-jar --create-file-mode
   --crlfile --data --data-ascii --data-binary --data-raw --data-urlencode --delegation --dns-interface --dns-servers --doh-url
   --dump-header --egd-file --engine --etag-compare --etag-save --expect100-timeout --form --form-string --ftp-account --ftp-port
   --header --hostpubmd5 --hsts --interface --ipfs-gateway --json --keepalive-time --key --key-type --krb --libcurl --limit-rate
   --local-port --login-options --mail-auth --mail-from --mail-rcpt --max-filesize --max-redirs --max-time --netrc-file --noproxy
   --oauth2-bearer --output --output-dir --parallel-max --pass --pinnedpubkey --preproxy --proto --proto-default --proxy
   --proxy-header --proxy-user --pubkey --quote --random-file --range --rate --referer --request --request-target --resolve --retry
   --retry-delay --retry-max-time --service-name --socks4 --socks4a --socks5 --socks5-hostname --speed-limit --speed-time --stderr
   --telnet-option --tftp-blksize --time-cond --tls-max --tls13-ciphers --trace --trace-ascii --unix-socket --upload-file --url
   --url-query --user --user-agent --variable --write-out`.split(/\s+/),
);
const WGET = new Set(
  `-o -a -e -i -B -t -O -T -w -Q -P -U -l -A -R -D -I -X --output-file --append-output --execute --input-file --base --tries
   --output-document --timeout --wait --quota --directory-prefix --user-agent --level --accept --reject --domains --header --user
   --password --post-data --post-file --method --body-data --body-file --referer --limit-rate --save-cookies --load-cookies
   --certificate --private-key --ca-certificate --bind-address --proxy-user --proxy-password --max-redirect --dns-timeout
   --connect-timeout --read-timeout --waitretry --default-page --start-pos --local-encoding --remote-encoding`.split(
    /\s+/,
  ),
);
const READS = /^(GET|HEAD|OPTIONS|TRACE|PROPFIND)$/i;
/** Bodies that only ask: searches and queries are sent with POST by many services. */
const ASKS = /\/(_search|_msearch|_count|search|query|multi-search|graphql)\b/i;
const DELETING_PATH =
  /(_close\b|_delete_by_query|delete|purge|destroy|drop|remove|reset|clear|revoke|truncate|invalidate)/i;

/** `curl`: a plain GET only reads; another method changes; what is sent from a file leaves the machine. */
export function curl(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: CURL });
  if (hasExactly(options, ['--help', '--version', '-V', '-M', '--manual']))
    return [deed('look', call.at, 'asks "curl" for help')];
  const bodies = valuesOf(
    options,
    '-d',
    '--data',
    '--data-ascii',
    '--data-binary',
    '--data-raw',
    '--data-urlencode',
    '--json',
    '-F',
    '--form',
    '--form-string',
  );
  const uploads = valuesOf(options, '-T', '--upload-file');
  const asked = valuesOf(options, '-X', '--request').at(-1)?.text;
  const gets = hasExactly(options, ['-G', '--get', '-I', '--head']);
  const method = asked ?? (uploads.length > 0 ? 'PUT' : bodies.length > 0 && !gets ? 'POST' : 'GET');
  const outputs = [
    ...valuesOf(
      options,
      '-o',
      '--output',
      '-D',
      '--dump-header',
      '-c',
      '--cookie-jar',
      '--trace',
      '--trace-ascii',
      '--stderr',
      '--libcurl',
      '--etag-save',
      '--hsts',
      '--alt-svc',
    ),
  ];
  const deeds = [byMethod(method, urlsOf(options), call), ...mutation(bodies, call)];
  const mails = urlsOf(options).some((url) => /^(smtps?|imaps?|pop3s?):/i.test(url));
  if (mails || hasOption(options, ['--mail-from', '--mail-rcpt', '--ftp-create-dirs']))
    deeds.push(deed('send', call.at, 'sends something, or makes folders on another host'));
  deeds.push(...outputs.flatMap((path) => saved(path, call)));
  if (hasOption(options, ['-O', '--remote-name', '-J', '--remote-name-all', '--remote-header-name']))
    deeds.push(...download(options, call));
  deeds.push(...[...bodies, ...uploads].flatMap((arg) => leaves(arg, uploads.includes(arg), call, options)));
  if (hasOption(options, ['-K', '--config']))
    deeds.push(deed('run', call.at, 'takes its options from a file that is not read'));
  if (valuesOf(options, '-Q', '--quote').length > 0) deeds.push(deed('send', call.at, 'sends commands to the server'));
  return deeds;
}

export function wget(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: WGET });
  if (hasExactly(options, ['--help', '--version', '-V', '-h'])) return [deed('look', call.at, 'asks "wget" for help')];
  const bodies = valuesOf(options, '--post-data', '--body-data');
  const files = valuesOf(options, '--post-file', '--body-file');
  const method = valuesOf(options, '--method').at(-1)?.text ?? (bodies.length + files.length > 0 ? 'POST' : 'GET');
  const deeds = [byMethod(method, urlsOf(options), call)];
  const outputs = valuesOf(options, '-O', '--output-document');
  deeds.push(...outputs.flatMap((path) => saved(path, call)));
  if (outputs.length === 0 && !hasExactly(options, ['--spider'])) deeds.push(...download(options, call));
  deeds.push(
    ...valuesOf(
      options,
      '-o',
      '--output-file',
      '-a',
      '--append-output',
      '-P',
      '--directory-prefix',
      '--save-cookies',
    ).flatMap((path) => touch(path, 'write')),
  );
  deeds.push(
    ...bodies.flatMap((arg) => leaves(arg, false, call, options)),
    ...files.flatMap((arg) => leaves(arg, true, call, options)),
  );
  if (hasOption(options, ['-e', '--execute', '--use-askpass']))
    deeds.push(deed('run', call.at, 'takes settings that may run programs'));
  return deeds;
}

/** `http` and `https` of HTTPie: the method is the first word, and fields with `=` make it a POST. */
export function httpie(call: Call): Deed[] {
  const options = takeApart(call.args, {
    valued: new Set(
      '-a -A -o -s -p --auth --auth-type --output --style --print --session --timeout --proxy --verify --cert'.split(
        ' ',
      ),
    ),
  });
  const [first] = options.plain;
  const method = /^[A-Z]+$/.test(first?.text ?? '')
    ? (first?.text ?? 'GET')
    : options.plain.some((arg) => /^[\w-]+(:?=|@)/.test(arg.text))
      ? 'POST'
      : 'GET';
  return [
    byMethod(method, urlsOf(options), call),
    ...valuesOf(options, '-o', '--output').flatMap((path) => saved(path, call)),
  ];
}

function urlsOf(options: Options): string[] {
  return [...options.plain, ...valuesOf(options, '--url')].map((arg) => arg.text);
}

function byMethod(method: string, urls: readonly string[], call: Call): Deed {
  const line = `${method.toUpperCase().slice(0, 20)} ${(urls[0] ?? '').slice(0, 80)}`.trim();
  const more = { kind: 'api', confidence: 'high' } as const;
  if (READS.test(method)) return deed('fetch', call.at, `asks by ${line}`, more);
  if (/^(DELETE|PURGE|UNLINK)$/i.test(method)) return deed('lose', call.at, `deletes by ${line}`, more);
  const path = urls.map((url) => url.replace(/^\w+:\/\/[^/]*/, '')).join(' ');
  if (method.startsWith('$')) return deed('blind', call.at, 'uses a method that only the running shell knows', more);
  if (DELETING_PATH.test(path)) return deed('lose', call.at, `deletes by ${line}`, more);
  return deed('send', call.at, ASKS.test(path) ? `asks by ${line}` : `changes something by ${line}`, more);
}

/** A body that asks GraphQL to delete. */
function mutation(bodies: readonly Arg[], call: Call): Deed[] {
  const deletes = bodies.some(
    ({ text }) => /\bmutation\b/.test(text) && /\b(delete|remove|destroy|purge|reset|revoke)\w*\s*\(/i.test(text),
  );
  return deletes ? [deed('lose', call.at, 'deletes by GraphQL', { kind: 'api' })] : [];
}

function download(options: Options, call: Call): Deed[] {
  return urlsOf(options).flatMap((url) => {
    const name =
      url
        .replace(/[?#].*$/, '')
        .split('/')
        .at(-1) ?? '';
    call.reading.scope.files.set(fileOf(name), { from: 'network' });
    return [deed('write', call.at, `saves "${name.slice(0, 60)}"`, { kind: 'filesystem' })];
  });
}

function saved(path: Arg, call: Call): Deed[] {
  call.reading.scope.files.set(fileOf(path.text), { from: 'network' });
  return touch(path, 'write');
}

const LOCAL = /^(\w+:\/\/)?(localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal)/;

/** Data that leaves: a file that nobody has looked at cannot be had back once it is sent. */
function leaves(arg: Arg, isFile: boolean, call: Call, options: Options): Deed[] {
  const [, path] = /(?:^|=)[@<]([^;]+)/.exec(arg.text) ?? (isFile ? [arg.text, arg.text] : []);
  if (urlsOf(options).every((url) => LOCAL.test(url)))
    return path === undefined ? [] : touch({ ...arg, text: path }, 'look');
  if (path === undefined) return arg.known ? [] : [deed('leak', arg, 'sends out what only the running shell knows')];
  if (/^(-|\.|\/dev\/stdin)$/.test(path)) {
    if (call.input.from === 'script' || call.input.from === 'nothing') return [];
    return [deed('leak', arg, 'sends out what it gets from a pipe or a file, which nobody has looked at')];
  }
  const place = placeOf(path);
  const plain =
    arg.known &&
    (place === 'workspace' || place === 'artefact') &&
    !/\.(tgz|tar|zip|gz|7z|key|pem|sql|dump|bak)(\.(gz|xz|bz2|zst|enc|gpg))?$/.test(path);
  if (plain) return [deed('look', arg, `sends "${path.slice(0, 60)}"`)];
  return [deed('leak', arg, `sends out "${path.slice(0, 60)}"`, place === 'secret' ? { sensitivity: 'secrets' } : {})];
}
