import type { Programs } from '../program.ts';
import { takeApart } from '../words/options.ts';

/** Programs that look at files and at the machine, and do nothing else. */
export const LOOKING: Programs = {
  'cat tac head tail more less bat batcat nl wc od hexdump strings file stat readlink realpath md5sum md5 sha1sum sha224sum sha256sum sha384sum sha512sum shasum cksum b2sum sum':
    {
      otherwise: 'look',
      files: 'look',
      valued: '-n -c -s -b -t -w -N -j -A --lines --bytes -l --language --theme --style -r --line-range -a --algorithm',
    },
  'ls dir vdir exa eza lsd tree du df': {
    otherwise: 'look',
    files: 'look',
    writes: '-o',
    valued: '-I -w -T -L -P -d --max-depth --exclude -B -t -x --ignore',
  },
  'basename dirname echo printf seq expr factor numfmt tty nproc uname hostid logname whoami id groups users who w last lastb lastlog uptime free vmstat iostat mpstat sar pidstat lscpu lsmem lsblk lsusb lspci lsmod lsns lsipc blkid ps pstree pgrep pidof top htop btop atop nvidia-smi sensors getconf locale ldd nm objdump readelf size otool dwarfdump cal ncal man info apropos tldr locate plocate mlocate fc-list getent finger acpi upower dmidecode cmp comm diff3 sdiff colordiff delta icdiff sw_vers system_profiler ioreg vm_stat leaks heap mdfind mdls sleep clear':
    { otherwise: 'look' },
  diff: { otherwise: 'look', files: 'look' },
  date: {
    otherwise: 'look',
    valued: '-d -j -v --date',
    reads: '-f -r --file --reference',
    also: [{ has: '-s --set', is: 'disrupt' }],
  },
  hostname: {
    otherwise: 'admin',
    alone: 'look',
    instead: [{ has: '-f -i -I -d -s -a -A -y --fqdn --ip-address --short --domain', is: 'look' }],
  },
  'uuidgen mcookie': { otherwise: 'look' },
  yes: { otherwise: 'run' },
  'grep egrep fgrep zgrep zegrep zfgrep pcregrep pcre2grep ggrep rgrep': {
    otherwise: 'look',
    valued:
      '-e -f -A -B -C -m -d -D --regexp --file --after-context --before-context --context --max-count --include --exclude --exclude-dir --color --label --binary-files --directories --devices',
    reads: '-f --file --exclude-from',
    special: (call) =>
      call.args.some((arg) => /^(-\w*P\w*|--perl-regexp)$/.test(arg.text)) &&
      call.args.some((arg) => /\(\?\??\{/.test(arg.text))
        ? call.reading.script(':(', call.at)
        : undefined,
    patternBy: '-e -f --regexp --file',
    files: 'look',
  },
  'rg ag ack ripgrep': {
    otherwise: 'look',
    valued:
      '-e -f -g -t -T -A -B -C -m -M -r -E -j --regexp --file --glob --iglob --type --type-not --max-count --replace --max-depth --sort --sortr --color --colors --context --after-context --before-context --encoding --max-columns --threads --type-add --ignore-file --output',
    runs: '--pre --hostname-bin --pager',
    // It starts a program to unpack each file.
    also: [{ has: '-z --search-zip', is: 'run' }],
    patternBy: '-e -f --regexp --file --files',
    files: 'look',
  },
  'jq gojq jaq': {
    otherwise: 'look',
    valued: '--arg --argjson --slurpfile --rawfile --indent -L -f --from-file --tab',
    patternBy: '-f --from-file',
    files: 'look',
  },
  yq: {
    otherwise: 'look',
    valued: '-p -o -I --input-format --output-format --indent --arg',
    also: [{ has: '-i --inplace --in-place -s --split-exp', is: 'write' }],
    patternBy: '--from-file',
    files: 'look',
  },
  'xmllint xmlstarlet csvcut csvgrep csvlook csvstat mlr xsv qsv dasel fx gron htmlq pup': {
    otherwise: 'look',
    writes: '--output',
    also: [{ has: '-i -I --inplace -L', is: 'write' }],
    files: 'look',
  },
  xxd: {
    otherwise: 'look',
    valued: '-c -g -l -s -o -n',
    special: (call) =>
      takeApart(call.args, { valued: new Set('-c -g -l -s -o -n'.split(' ')) }).plain.length < 2
        ? undefined
        : [{ effect: 'write', at: call.at, says: '"xxd" writes a file' }],
  },
  dmesg: {
    otherwise: 'look',
    valued: '-f -l -n -s -F --facility --level --buffer-size --since --until --time-format --color',
    also: [{ has: '-C -c -D -E -n --clear --read-clear --console-off --console-on --console-level', is: 'admin' }],
  },
  journalctl: {
    otherwise: 'look',
    valued:
      '-u -n -o -p -S -U -t -b -g -M -D --unit --lines --output --priority --since --until --identifier --boot --directory --root --file -F --field -c --cursor',
    also: [
      { has: '--vacuum-size --vacuum-time --vacuum-files', is: 'lose' },
      {
        has: '--rotate --flush --sync --relinquish-var --smart-relinquish-var --setup-keys --update-catalog',
        is: 'admin',
      },
    ],
  },
  'fzf sk fzy peco gum': {
    otherwise: 'look',
    special: (call) => {
      const runs = call.args.flatMap((arg, index) => {
        if (/^--(listen|listen-unsafe|become)\b/.test(arg.text))
          return [{ effect: 'run' as const, at: call.at, says: 'takes commands from elsewhere' }];
        const text =
          /^--(?:bind|preview)=(.*)$/s.exec(arg.text)?.[1] ??
          (/^--(bind|preview)$/.test(call.args[index - 1]?.text ?? '') ? arg.text : undefined);
        if (text === undefined) return [];
        const commands = [
          ...text.matchAll(
            /\b(?:execute|execute-silent|execute-multi|become|reload|reload-sync|transform[\w-]*|preview)[(:[{]([^)\]]*)/g,
          ),
        ].map((found) => found[1] ?? '');
        const preview = arg.text.startsWith('--preview') || call.args[index - 1]?.text === '--preview' ? [text] : [];
        return [...commands, ...preview].flatMap((command) =>
          call.reading.script(command.replace(/\{[^}]*\}/g, 'x'), arg),
        );
      });
      return runs.length > 0 ? [{ effect: 'look', at: call.at, says: 'lets a person choose' }, ...runs] : undefined;
    },
  },
};
