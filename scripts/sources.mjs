// What the build is made from, and whether it is up to date. Plain Node: it runs before anything is installed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const SOURCES = ['src', 'sdk/src', 'scripts/build.mjs', 'package.json', 'package-lock.json', 'sdk/package.json'];
const CONFIGS = ['tsconfig.json', 'tsconfig.base.json', 'sdk/tsconfig.json', 'sdk/tsconfig.cjs.json'];

/** Holds the digest of the sources that `dist` was made from. */
export const STAMP = join('dist', '.stamp');

/** Names, sizes and times of all sources as one digest: a few milliseconds, where reading them all would take longer. */
export function sourcesDigest() {
  const hash = createHash('sha256');
  for (const file of [...SOURCES, ...CONFIGS].flatMap(filesUnder).sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Whether the last build went through and its output is still there. */
export function isBuiltOnce() {
  return existsSync(STAMP) && existsSync(join('sdk', 'dist'));
}

/** Whether `dist` was made from the sources as they are now. */
export function isBuilt() {
  return isBuiltOnce() && textOf(STAMP) === sourcesDigest();
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes what it installed into a lock file of its own
 * when it has finished, so a half-done installation does not count.
 */
export function isInstalled() {
  const wanted = textOf('package-lock.json');
  const installed = textOf(join('node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  const have = JSON.parse(installed).packages;
  return Object.entries(JSON.parse(wanted).packages).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') || entry.link === true) return true;
    // Optional ones are for other platforms.
    return have[path] === undefined
      ? entry.optional === true || entry.peer === true
      : have[path].version === entry.version;
  });
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
