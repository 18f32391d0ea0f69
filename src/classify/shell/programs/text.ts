import type { Programs } from '../program.ts';
import { awk, sed } from '../special/text-tools.ts';

/** Programs that turn text into other text. */
export const TEXT: Programs = {
  'sed gsed ssed': { special: sed },
  'awk gawk mawk nawk original-awk': { special: awk },
  'cut tr paste join fold fmt pr rev column expand unexpand tsort nroff ul col colrm': {
    otherwise: 'look',
    valued: '-d -f -c -b -w -t -s --delimiter --fields --output-delimiter',
    files: 'look',
  },
  sort: {
    otherwise: 'look',
    valued: '-k -t -S -T --key --field-separator --buffer-size --parallel --batch-size',
    reads: '--files0-from --random-source',
    writes: '-o --output',
    runs: '--compress-program',
    files: 'look',
  },
  shuf: { otherwise: 'look', valued: '-n -i -e', writes: '-o --output', files: 'look' },
  uniq: {
    otherwise: 'look',
    valued: '-f -s -w',
    special: (call) =>
      call.args.filter((arg) => !arg.text.startsWith('-') && !/^\d+$/.test(arg.text)).length > 1
        ? [{ effect: 'write', at: call.at, says: '"uniq" writes a file' }]
        : undefined,
  },
  'base64 base32 basenc gbase64': {
    otherwise: 'look',
    valued: '-w -b --wrap --break',
    writes: '-o --output',
    reads: '-i --input',
    files: 'look',
  },
  iconv: { otherwise: 'look', valued: '-f -t --from-code --to-code', writes: '-o --output', files: 'look' },
  'envsubst tput': { otherwise: 'look' },
  'vi vim nvim nano emacs pico ed ex micro helix hx code subl joe view': { otherwise: 'run' },
  'split csplit': { otherwise: 'write', does: { lose: 'delete' }, runs: '--filter' },
  'dos2unix unix2dos': { otherwise: 'write', files: 'write' },
  patch: { otherwise: 'write', instead: [{ has: '--dry-run', is: 'rehearse' }] },
  'ffmpeg convert magick pandoc groff wkhtmltopdf latex pdflatex': { otherwise: 'run' },
};
