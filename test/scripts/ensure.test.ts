import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPTS = resolve(import.meta.dirname, '../../scripts');

// Stands for the real build: it only records that it ran, and when it was that the sources were like this.
const BUILD = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { STAMP, sourcesDigest } from './sources.mjs';
for (const folder of ['dist', 'sdk/dist']) mkdirSync(folder, { recursive: true });
appendFileSync('builds', 'x');
writeFileSync(STAMP, sourcesDigest());
`;

// Stands for npm: it writes the record that npm writes when it has installed everything.
const NPM = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync('installs', 'x');
fs.mkdirSync('node_modules', { recursive: true });
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
`;

describe('making a checkout ready', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-ensure-'));
    for (const name of ['scripts', 'src', 'sdk/src', 'bin']) mkdirSync(join(folder, name), { recursive: true });
    for (const name of ['ensure.mjs', 'sources.mjs']) cpSync(join(SCRIPTS, name), join(folder, 'scripts', name));
    write('scripts/build.mjs', BUILD);
    const configs = ['tsconfig.json', 'tsconfig.base.json', 'sdk/tsconfig.json', 'sdk/tsconfig.cjs.json'];
    for (const name of [...configs, 'package.json', 'sdk/package.json']) write(name, '{}');
    write('src/main.ts', 'export {};');
    lock('1.0.0');
    writeFileSync(join(folder, 'bin/npm'), NPM, { mode: 0o755 });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, text: string): void {
    writeFileSync(join(folder, name), text);
  }

  function lock(version: string): void {
    const packages = {
      '': { name: 'x' },
      'node_modules/left': { version },
      'node_modules/other-os': { version, optional: true },
    };
    write('package-lock.json', JSON.stringify({ packages }));
  }

  function ensure() {
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
    const { status, stderr } = spawnSync(process.execPath, ['scripts/ensure.mjs'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    return { status, stderr };
  }

  const times = (name: string) => readFileSync(join(folder, name), 'utf8').length;

  test('a fresh checkout is installed and built, and the next start says nothing', () => {
    const first = ensure();
    expect(first.status).toBe(0);
    expect(first.stderr).toMatch(/Installing dependencies[\s\S]*done in[\s\S]*Building[\s\S]*done in/);
    expect(ensure()).toEqual({ status: 0, stderr: '' });
    expect([times('installs'), times('builds')]).toEqual([1, 1]);
  });

  test('a changed, a new and a removed source are built again, and nothing is installed', () => {
    ensure();
    write('src/main.ts', 'export const changed = 1;');
    ensure();
    write('src/new.ts', 'export {};');
    ensure();
    rmSync(join(folder, 'src/new.ts'));
    ensure();
    expect([times('installs'), times('builds')]).toEqual([1, 4]);
  });

  test('another version in the lock file is installed', () => {
    ensure();
    lock('2.0.0');
    expect(ensure().stderr).toContain('Installing dependencies');
    expect(times('installs')).toBe(2);
  });

  test('a failed build ends it with the exit code of the build', () => {
    write('scripts/build.mjs', 'console.error("no such type"); process.exit(3);');
    const { status, stderr } = ensure();
    expect(status).toBe(3);
    expect(stderr).toContain('no such type');
  });
});
