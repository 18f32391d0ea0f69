/** A path as the system that opens it would take it, in one form for all systems. */
export interface NormalPath {
  /** Forward slashes, no `.` and `..`, home folders as `~`, lower case. Absolute ones begin with `/`, `~`, `c:` or `//`. */
  path: string;
  absolute: boolean;
  /** It leaves the folder that it starts in. */
  climbs: boolean;
  /** What was done to hide where it leads, in words. */
  tricks: string[];
}

/** Longer than any system opens (PATH_MAX is 4,096); what is longer is not read. */
export const MAX_PATH = 4096;

const HOME_VARIABLES = /^(\$home|\$\{home\}|%userprofile%|%homepath%|\$env:userprofile)(?=\/|$)/;
const APPDATA_VARIABLES: readonly (readonly [RegExp, string])[] = [
  [/^(%appdata%|\$env:appdata)/, '~/appdata/roaming'],
  [/^(%localappdata%|\$env:localappdata)/, '~/appdata/local'],
  [/^(%systemroot%|%windir%|\$env:windir)/, 'c:/windows'],
  [/^(%programdata%|\$env:programdata)/, 'c:/programdata'],
];
const HOMES = /^(\/home\/[^/]+|\/users\/[^/]+|c:\/users\/[^/]+|\/root|\/var\/root|~[a-z0-9_-]+)(?=\/|$)/;
/** Other names of the same place: macOS keeps /etc and /var below /private, and Linux shows the whole tree again. */
const SAME_PLACES: readonly (readonly [RegExp, string])[] = [
  [/^\/private(?=\/(etc|var|tmp)(\/|$))/, ''],
  [/^\/proc\/(self|thread-self|\d+)\/root(?=\/|$)/, ''],
  [/^\/(host|hostfs|rootfs|mnt\/host|mnt\/c)(?=\/(etc|root|var|usr|home|windows|users)(\/|$))/, ''],
];

/** Brings a path into its one form. `text` has at most `MAX_PATH` characters; linear in time. */
export function normalizePath(text: string): NormalPath {
  const tricks: string[] = [];
  let path = text.trim().replace(/^file:(\/\/(localhost)?(?=\/))?/i, '');
  if (path.includes('\0') || path.includes('%00')) tricks.push('it has a NUL, after which a system stops to read');
  const decoded = decodePercent(path);
  if (decoded !== path && /%(25)*(2e|2f|5c|00)/i.test(path)) tricks.push('it hides dots or slashes as percent codes');
  if (/\p{Cf}/u.test(decoded)) tricks.push('it has characters that do not show');
  path = decoded.replace(/\0.*$/s, '').replaceAll('\\', '/').normalize('NFKC').toLowerCase();
  if (/^\/\/[?.]\//.test(path)) path = path.slice(4);
  if (/^\/[a-z]:(\/|$)/.test(path)) path = path.slice(1);
  path = path.replace(HOME_VARIABLES, '~');
  for (const [variable, place] of APPDATA_VARIABLES) path = path.replace(variable, place);
  if (/:(:\$|[^/:]+:\$)/.test(path)) tricks.push('it names a hidden stream of a file');
  const { resolved, climbs } = resolveDots(path);
  let whole = resolved;
  for (const [alias, place] of SAME_PLACES) whole = whole.replace(alias, place);
  whole = whole.replace(HOMES, '~');
  return { path: whole === '' ? '/' : whole, absolute: isAbsolute(whole), climbs, tricks };
}

function decodePercent(path: string): string {
  let text = path;
  // Twice, because what was encoded twice is decoded twice somewhere on its way.
  for (let round = 0; round < 2 && text.includes('%'); round += 1) {
    text = text.replace(/%[0-9a-f]{2}/gi, (code) => {
      const byte = Number.parseInt(code.slice(1), 16);
      return byte < 0x80 ? String.fromCharCode(byte) : code;
    });
  }
  return text;
}

function isAbsolute(path: string): boolean {
  return /^(\/|~|[a-z]:)/.test(path) || path === '';
}

function resolveDots(path: string): { resolved: string; climbs: boolean } {
  const root = /^(\/\/(?=[^/])[^/]+\/|\/+|[a-z]:\/*|~[^/]*\/?)/.exec(path)?.[0] ?? '';
  const kept: string[] = [];
  let above = 0;
  for (const segment of path.slice(root.length).split('/')) {
    // Windows drops dots and spaces at the end of a name.
    const name = /^\.\.?$/.test(segment) ? segment : segment.replace(/[ .]+$/, '');
    if (name === '' || name === '.') continue;
    if (name !== '..') kept.push(name);
    else if (kept.pop() === undefined) above += 1;
  }
  const start = /^\/+$/.test(root) ? '/' : root;
  const rest = kept.join('/');
  if (root === '') return { resolved: '../'.repeat(Math.min(above, 50)) + rest, climbs: above > 0 };
  // From a home folder one step up is the folder of all homes, two is the root.
  if (root.startsWith('~') && above > 0) return { resolved: above === 1 ? `/home/${rest}` : `/${rest}`, climbs: true };
  const joined =
    rest === '' ? start.replace(/(?<=[^/])\/$/, '') : start.endsWith('/') ? start + rest : `${start}/${rest}`;
  return { resolved: joined, climbs: above > 0 };
}
