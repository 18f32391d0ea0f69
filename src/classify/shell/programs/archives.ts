import type { Programs } from '../program.ts';
import { tar } from '../special/text-tools.ts';

/** Programs that pack and unpack. */
export const ARCHIVES: Programs = {
  'tar bsdtar gtar': { special: tar },
  unzip: {
    otherwise: 'write',
    alone: 'look',
    valued: '-d -x -P',
    instead: [{ has: '-l -t -v -z -Z -p -c', is: 'look' }],
    writes: '-d',
  },
  zipinfo: { otherwise: 'look' },
  zip: {
    otherwise: 'write',
    valued: '-b -i -n -P -s -t -x -Z',
    runs: '-TT --unzip-command',
    also: [{ has: '-m --move -d --delete', is: 'lose' }],
    instead: [{ has: '-sf --show-files', is: 'look' }],
  },
  'gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4 unlz4 brotli compress uncompress pigz unpigz': {
    otherwise: 'write',
    piped: 'look',
    valued: '-S --suffix',
    instead: [{ has: '-l --list -t --test -c --stdout --to-stdout -V -L --license', is: 'look' }],
    writes: '-o --output',
  },
  'zcat bzcat xzcat zstdcat lz4cat gzcat zless zmore zdiff bzless xzless': { otherwise: 'look', files: 'look' },
  '7z 7za 7zr 7zz 7zzs': {
    otherwise: 'write',
    does: { look: 'l, t, i, h, b', write: 'a, x, e, u, rn', lose: 'd' },
    alone: 'look',
    longDash: true,
  },
  'unrar rar': { otherwise: 'write', does: { look: 'l, lb, lt, v, vb, vt, t, p' } },
  cpio: { otherwise: 'write', instead: [{ has: '-t --list', is: 'look' }] },
  'ar ranlib': { otherwise: 'write', does: { look: 't, tv, p' } },
  lipo: {
    otherwise: 'write',
    longDash: true,
    instead: [{ has: '-info -archs -detailed_info -verify_arch', is: 'look' }],
  },
  'binhex applesingle macbinary': {
    otherwise: 'write',
    does: { look: 'probe' },
    instead: [{ has: '-V -h --pipe -p', is: 'look' }],
  },
  compression_tool: {
    otherwise: 'write',
    longDash: true,
    does: {},
    instead: [
      { has: '-h', is: 'look' },
      { has: '-encode -decode', lacks: '-o', is: 'look' },
    ],
  },
};
