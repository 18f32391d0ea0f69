import { chanceOf, megabyteOf } from './chance.ts';
import type { Input, Kind } from './kind.ts';
import { HEAVY } from './kind.ts';

const PIECES =
  `.. . / // \\ ~ %2e%2e %2f %252e %00 etc passwd .ssh id_rsa C: \\\\?\\ \\\\host\\share $HOME \${HOME} %APPDATA% proc self
  root environ ::$DATA .env . * ? file:// file: /work /private/etc .git/hooks/x /dev/sda`.split(/\s+/);
const KEYS = ['path', 'file', 'filePath', 'destination', 'uri', 'dir', 'paths'];
const LARGE = ['../', '/', '%2e', '\\', '~/', '[', '.', 'a/', '%252525'];

/** Paths that climb, hide, and end early. */
export const files: Kind = {
  name: 'files',
  warm: [{ type: 'read_file', target: 'disk', context: { path: 'a' } }],
  *inputs(seed, runs): Iterable<Input> {
    const chance = chanceOf(seed);
    for (let i = 0; i < runs; i += 1) {
      const heavy = i % HEAVY === 0;
      const odd = chance.once(4) ? chance.noise(6) : '';
      const path = heavy
        ? megabyteOf(chance.pick(LARGE))
        : chance.some(PIECES, 4) + odd + chance.some(['/', ...PIECES], 8);
      const key = chance.pick(KEYS);
      const value = key === 'paths' ? [path, 'a', path] : path;
      const context = {
        [key]: value,
        workspace: chance.pick(['/work', '', '..', path.slice(0, 5000)]),
        overwrite: chance.once(2),
      };
      const named = key !== 'destination' && key !== 'uri';
      const broken = path.length > 4096 || (path.includes('\0') && path.trim() !== '' && !/[\r\n]/.test(path));
      yield {
        action: { type: chance.pick(['read_file', 'write_file', 'open']), target: 'disk', context },
        unreadable: named && broken && !/^[a-z][a-z0-9+.-]*:\/\//i.test(path),
      };
    }
  },
};
