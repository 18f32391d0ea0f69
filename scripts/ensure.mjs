// Makes a checkout ready to run: installs and builds what is missing or out of date, and says nothing otherwise.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuilt, isInstalled } from './sources.mjs';

const LEAST_NODE = [20, 19];

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'));
checkNode();
if (!isInstalled())
  step('Installing dependencies (npm ci): about a minute on the first run', 'npm', ['ci', '--no-audit', '--no-fund']);
if (!isBuilt()) step('Building: about half a minute on the first run', process.execPath, ['scripts/build.mjs']);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  console.error(
    `Gatehouse needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}. Install it from https://nodejs.org.`,
  );
  process.exit(1);
}

function step(what, command, args) {
  const started = performance.now();
  console.error(`${what} ...`);
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error(`That failed${error ? `: ${error.message}` : ''}. The lines above say why.`);
    process.exit(status ?? 1);
  }
  console.error(`... done in ${Math.round((performance.now() - started) / 1000)} s.`);
}
