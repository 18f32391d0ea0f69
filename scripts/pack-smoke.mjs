// Packs both packages, installs them in an empty folder as a stranger would, and tries what they promise.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-pack-'));

const DECIDE = { action: { type: 'drop_table', target: 'production_database', context: { table: 'users' } } };

try {
  const packed = Object.values(
    JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder, '.', './sdk'], root)),
  );
  const archives = packed.map(({ filename }) => join(folder, filename.replace('@', '').replace('/', '-')));
  for (const { name, unpackedSize, entryCount } of packed) {
    console.log(`${name}: ${entryCount} files, ${Math.round(unpackedSize / 1024)} KiB`);
  }
  writeFileSync(join(folder, 'package.json'), '{ "name": "smoke", "private": true }\n');
  run('npm', ['install', '--no-audit', '--no-fund', '--omit=dev', ...archives], folder);

  check(
    'the SDK loads as an ES module',
    node('import { Gatehouse } from "@gatehouse/sdk"; console.log(typeof Gatehouse)', 'module'),
    'function',
  );
  check(
    'the SDK loads as CommonJS',
    node('console.log(typeof require("@gatehouse/sdk").Gatehouse)', 'commonjs'),
    'function',
  );
  check(
    'the contract loads',
    node(
      'import { guardRequestSchema } from "@gatehouse/sdk/contract"; console.log(typeof guardRequestSchema.parse)',
      'module',
    ),
    'function',
  );
  check(
    'the client loads',
    node('import * as client from "gatehouse/client"; console.log(Object.keys(client).length > 0)', 'module'),
    'true',
  );
  check(
    'the executors load',
    node('import { defineExecutor } from "gatehouse/executors"; console.log(typeof defineExecutor)', 'module'),
    'function',
  );
  check('the command answers', run('npx', ['--no-install', 'gatehouse', '--version'], folder), '0.1.0');
  const decided = run(
    'npx',
    ['--no-install', 'gatehouse', 'decide', '--policy', join('node_modules', 'gatehouse', 'policies')],
    folder,
    `${JSON.stringify(DECIDE)}\n`,
  );
  check('the shipped policy blocks drop_table', JSON.parse(decided).decision, 'BLOCK');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function node(code, type) {
  return run(process.execPath, [`--input-type=${type}`, '--eval', code], folder);
}

function check(what, got, expected) {
  if (got !== expected) fail(`${what}: expected ${expected}, got ${got}`);
  console.log(`ok: ${what}`);
}

function run(command, args, cwd, input = '') {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, input, encoding: 'utf8' });
  if (status !== 0) fail(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout.trim();
}

// Thrown, not exited, so that the folder is removed.
function fail(message) {
  process.exitCode = 1;
  throw new Error(message);
}
