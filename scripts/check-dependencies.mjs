// What package-lock.json brings with it: licences that are allowed, and no script that runs while it is installed, but those
// that are named here. Then the advisories, where the registry has any. Ends with 1 where something does not hold.
// `--lock FILE` checks the package-lock.json of another folder.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Licences (SPDX) that let us pass on what is under them, in changed form too. */
const LICENCES = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC-BY-4.0',
    'CC0-1.0',
    'ISC',
    'MIT',
    'MIT-0',
  ],
  ...['PSF-2.0', 'Python-2.0', 'Unlicense', 'Zlib'],
]);

/** What the lock file does not say, or says elsewhere: a package, or a beginning that ends in `-`, and what its LICENSE is. */
const SAID_ELSEWHERE = [
  ['unionfs', 'Unlicense'],
  // Binaries of other platforms, of which npm keeps no more than the name. Those of this one say the same as their parent.
  ['@swc/core-', 'Apache-2.0 AND MIT'],
  ['@unrs/resolver-binding-', 'MIT'],
  // For tests alone. They name a LICENSE that they do not bring; their README says MIT.
  ['@modelcontextprotocol/server-', 'MIT'],
];

/** Who may run a script while being installed, and what it does. */
const INSTALL_SCRIPTS = new Map([
  [
    '@swc/core',
    'looks whether the binary of this platform can be loaded, and installs the one in WebAssembly where not',
  ],
  ['@parcel/watcher', 'builds its binary where npm is told to build from source; it comes with jest'],
  ['protobufjs', 'warns where a package names it by another version scheme than its own'],
]);

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const { lock } = parseArgs({
  options: { lock: { type: 'string', default: join(ROOT, 'package-lock.json') } },
}).values;
const packages = thirdParty(JSON.parse(readFileSync(lock, 'utf8')));
const wrongs = packages.flatMap(wrongsOf);
for (const wrong of wrongs) console.error(`${basename(lock)}: ${wrong}`);
if (wrongs.length === 0) console.log(`${packages.length} packages: licences and install scripts are as allowed.`);
const advisories = askForAdvisories();
(advisories.ok ? console.log : console.error)(advisories.says);
process.exitCode = wrongs.length === 0 && advisories.ok ? 0 : 1;

function thirdParty({ packages }) {
  return Object.entries(packages)
    .filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true)
    .map(([path, entry]) => ({
      ...entry,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    }));
}

function wrongsOf({ name, version, license, hasInstallScript = false }) {
  const which = `${name}@${version}`;
  const licence =
    SAID_ELSEWHERE.find(([of]) => name === of || (of.endsWith('-') && name.startsWith(of)))?.[1] ?? license;
  const wrong = [];
  if (typeof licence !== 'string')
    wrong.push(`${which} names no licence: read its LICENSE and add it to SAID_ELSEWHERE.`);
  else if (!isAllowed(licence)) wrong.push(`${which} is under ${licence}, which is not in LICENCES: leave it out.`);
  if (hasInstallScript && !INSTALL_SCRIPTS.has(name))
    wrong.push(`${which} runs a script while it is installed: read it, and leave it out or add it to INSTALL_SCRIPTS.`);
  return wrong;
}

/** Of alternatives one is enough; of what holds together all of it. Deeper expressions are for a person to read. */
function isAllowed(expression) {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(bare) || (bare.includes(' AND ') && bare.includes(' OR '))) return false;
  return bare.includes(' OR ')
    ? bare.split(' OR ').some((one) => LICENCES.has(one))
    : bare.split(' AND ').every((one) => LICENCES.has(one));
}

/** Advisories of what runs in production, of severity high and above. A registry without them is no failure, and is said. */
function askForAdvisories() {
  const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
    cwd: dirname(lock),
    encoding: 'utf8',
  });
  const answer = parsed(stdout);
  if (answer?.vulnerabilities === undefined) {
    const why = error?.message ?? answer?.message ?? 'npm audit did not answer';
    return { ok: true, says: `! LEFT OUT: advisories. The registry offers none here (${why}).` };
  }
  const found = Object.values(answer.vulnerabilities).filter(({ severity }) => ['high', 'critical'].includes(severity));
  if (found.length === 0) return { ok: true, says: 'No advisory of severity high or above.' };
  const lines = found.map(({ name, severity, range }) => `  ${name} ${range}: ${severity}`);
  return { ok: false, says: ['Advisories (npm audit says more):', ...lines].join('\n') };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
