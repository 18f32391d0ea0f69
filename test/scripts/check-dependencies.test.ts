import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(import.meta.dirname, '../../scripts/check-dependencies.mjs');

// Stands for npm: it notes what it was asked for and where, and answers as the file beside it says.
const NPM = `#!${process.execPath}
const fs = require('node:fs');
const path = require('node:path');
const here = path.join(__dirname, '..');
fs.writeFileSync(path.join(here, 'asked'), JSON.stringify([process.cwd(), ...process.argv.slice(2)]));
const answer = fs.readFileSync(path.join(here, 'answer'), 'utf8');
process.stdout.write(answer, () => process.exit(answer.includes('high') || answer.includes('message') ? 1 : 0));
`;

const NOTHING_FOUND = { vulnerabilities: {} };
const advisory = (severity: string) => ({ vulnerabilities: { left: { name: 'left', severity, range: '<1.0.1' } } });

const saying = (text: string): unknown => expect.stringContaining(text);

interface Entry {
  version?: string;
  license?: unknown;
  hasInstallScript?: boolean;
  link?: boolean;
}

describe('checking dependencies', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-dependencies-'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/npm'), NPM, { mode: 0o755 });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Checks a lock file with these entries, while the registry answers like this. */
  function check(entries: Record<string, Entry>, answer: unknown = NOTHING_FOUND) {
    const packages = Object.fromEntries(
      Object.entries(entries).map(([path, entry]) => [path, { version: '1.0.0', license: 'MIT', ...entry }]),
    );
    const lock = join(folder, 'package-lock.json');
    writeFileSync(lock, JSON.stringify({ packages }));
    writeFileSync(join(folder, 'answer'), typeof answer === 'string' ? answer : JSON.stringify(answer));
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, '--lock', lock], { env, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  /** Checks one package a licence, and answers with the one line that is said of each, by its licence. */
  function licensed(licences: readonly unknown[]) {
    const entries = licences.map((license, at) => [`node_modules/p${String(at)}`, { license }] as const);
    const { status, stdout, stderr } = check(Object.fromEntries(entries));
    const lines = stderr.split('\n');
    const said = licences.map((_, at) => lines.find((line) => line.includes(` p${String(at)}@1.0.0 `)) ?? 'nothing');
    return { status, stdout, said };
  }

  test('what is allowed passes, counted; what is ours or a link is not counted', () => {
    const { status, stdout, stderr } = check({
      '': { license: 'NONE' },
      sdk: { license: 'NONE' },
      'node_modules/@gatehouse/sdk': { link: true, license: 'NONE' },
      'node_modules/left': {},
      'node_modules/left/node_modules/@scope/right': { license: 'Apache-2.0' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      '2 packages: licences and install scripts are as allowed.\nNo advisory of severity high or above.\n',
    );
  });

  test('a licence that is not allowed fails, with the package that has it', () => {
    const licences = [
      'GPL-3.0-only',
      'UNLICENSED',
      'SEE LICENSE IN LICENSE.md',
      'mit',
      'Apache-2.0 WITH LLVM-exception',
    ];
    const { status, stdout, said } = licensed(licences);
    expect(status).toBe(1);
    expect(said).toEqual(licences.map((one) => saying(`is under ${one}, which is not in LICENCES`)));
    expect(stdout).not.toContain('are as allowed');
  });

  test('no licence fails, and so does what is no expression', () => {
    const { status, said } = licensed([undefined, null, { type: 'MIT' }, ['MIT']]);
    expect(status).toBe(1);
    expect(said).toEqual(Array(4).fill(expect.stringContaining('names no licence: read its LICENSE')));
  });

  test('of licences to choose from one must be allowed, and of those that hold together all', () => {
    const allowed = [
      'MIT OR GPL-3.0-only',
      '(GPL-3.0-only OR ISC)',
      'MIT AND Apache-2.0',
      '(MIT AND CC-BY-4.0)',
      '(MIT)',
    ];
    expect(licensed(allowed)).toMatchObject({ status: 0, said: Array(5).fill('nothing') });
    const refused = ['GPL-2.0-only OR GPL-3.0-only', 'MIT AND GPL-3.0-only', '(GPL-3.0-only AND MIT)'];
    const { status, said } = licensed(refused);
    expect(status).toBe(1);
    expect(said).toEqual(refused.map((one) => saying(`is under ${one}`)));
  });

  test('what is nested fails, for it is for a person to read', () => {
    const nested = [
      'MIT AND (ISC OR GPL-3.0-only)',
      'MIT OR (ISC AND GPL-3.0-only)',
      '(MIT AND GPL-3.0-only) OR (GPL-2.0-only)',
      'GPL-3.0-only AND MIT OR ISC',
      '(GPL-3.0-only) OR (MIT)',
    ];
    const { status, said } = licensed(nested);
    expect(status).toBe(1);
    expect(said).toEqual(nested.map((one) => saying(`is under ${one}`)));
  });

  test('a script that runs while a package is installed fails where nobody has named it, however deep the package is', () => {
    const scripted = { hasInstallScript: true };
    const named = check({ 'node_modules/protobufjs': scripted, 'node_modules/a/node_modules/@swc/core': scripted });
    expect(named).toMatchObject({ status: 0, stderr: '' });
    const { status, stderr } = check({ 'node_modules/a/node_modules/right': scripted, 'node_modules/left': scripted });
    expect(status).toBe(1);
    expect(stderr.match(/\w+@1\.0\.0 runs a script while it is installed/g)).toHaveLength(2);
  });

  test('everything that is wrong is said at once', () => {
    const { status, stderr } = check(
      { 'node_modules/a': { license: 'GPL-3.0-only', hasInstallScript: true }, 'node_modules/b': { license: null } },
      advisory('critical'),
    );
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining('a@1.0.0 is under'),
      expect.stringContaining('a@1.0.0 runs a script'),
      expect.stringContaining('b@1.0.0 names no licence'),
      'Advisories (npm audit says more):',
      '  left <1.0.1: critical',
    ]);
  });

  test.each(['high', 'critical'])('an advisory of severity %s fails', (severity) => {
    const { status, stderr, stdout } = check({ 'node_modules/left': {} }, advisory(severity));
    expect(status).toBe(1);
    expect(stderr).toContain(`  left <1.0.1: ${severity}`);
    expect(stdout).toContain('are as allowed');
  });

  test('an advisory below that passes', () => {
    expect(check({ 'node_modules/left': {} }, advisory('moderate'))).toMatchObject({
      ...{ status: 0, stderr: '' },
      stdout: expect.stringContaining('No advisory of severity high or above.'),
    });
  });

  test.each([
    ['says so', { message: 'audit endpoint returned an error' }, 'audit endpoint returned an error'],
    ['answers with something else', '<html>', 'npm audit did not answer'],
    ['does not answer', '', 'npm audit did not answer'],
  ])('a registry that has no advisories and %s is left out, said, and no failure', (_how, answer, why) => {
    const { status, stdout } = check({ 'node_modules/left': {} }, answer);
    expect(status).toBe(0);
    expect(stdout).toContain(`! LEFT OUT: advisories. The registry offers none here (${why}).`);
    expect(check({ 'node_modules/left': { license: null } }, answer).status).toBe(1);
  });

  test('npm is asked for what runs in production, in the folder of the lock file', () => {
    check({ 'node_modules/left': {} });
    const [place, ...asked] = JSON.parse(readFileSync(join(folder, 'asked'), 'utf8')) as string[];
    expect(place).toBe(folder);
    expect(asked).toEqual(['audit', '--omit=dev', '--audit-level=high', '--json']);
  });
});
