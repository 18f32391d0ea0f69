import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Settings } from '../../settings.ts';
import { readSettings, SettingsError } from '../../settings.ts';
import type { Check } from './check.ts';
import { caution, fail, ok, reasonOf } from './check.ts';

const LEAST_NODE = { major: 20, minor: 19 };

/** The Node.js that runs this. */
export function checkNode(version: string = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = major > LEAST_NODE.major || (major === LEAST_NODE.major && minor >= LEAST_NODE.minor);
  if (fits) return ok('node', `Node.js ${version}`);
  return fail('node', `Node.js ${version}`, `Install Node.js ${LEAST_NODE.major}.${LEAST_NODE.minor} or newer.`);
}

/** The settings of the environment, and one check for each that cannot be used or should be known. */
export function checkSettings(env: NodeJS.ProcessEnv, cwd: string): { settings?: Settings; checks: Check[] } {
  try {
    const settings = readSettings(env, cwd);
    const warnings = settings.warnings.map((warning) => caution('settings', warning, 'See the settings page.'));
    return { settings, checks: warnings.length > 0 ? warnings : [ok('settings', 'all of them can be used')] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return {
      checks: error.problems.map(({ variable, problem, fix }) =>
        fail('settings', `${variable}: ${problem}`, `${fix}.`),
      ),
    };
  }
}

/** Whether the data folder can be written, or be made. Writes nothing. */
export function checkDataFolder({ dataDir }: Pick<Settings, 'dataDir'>): Check {
  const found = statSync(dataDir, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) {
    return fail('data folder', `${dataDir} is not a folder`, 'Name another with GATEHOUSE_DATA.');
  }
  const place = found === undefined ? nearestFolder(dataDir) : dataDir;
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch (error) {
    return fail('data folder', `${place} cannot be written (${reasonOf(error)})`, 'Name another with GATEHOUSE_DATA.');
  }
  if (found === undefined) return caution('data folder', `${dataDir} is not there yet`, 'The first start makes it.');
  return ok('data folder', dataDir);
}

/** Whether the secrets of the data folder are for their owner alone. */
export function checkSecrets({ dataDir, verdictKey }: Pick<Settings, 'dataDir' | 'verdictKey'>): Check[] {
  const keys = join(dataDir, 'keys.json');
  const files = [keys, ...(verdictKey.kind === 'file' ? [verdictKey.path] : [])];
  return files.map((file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return caution('key file', `${file} is not there yet`, 'The first start makes it.');
    const mode = found.mode & 0o777;
    if ((mode & 0o077) === 0) return ok('key file', `${file}, mode ${mode.toString(8)}`);
    return fail('key file', `${file} can be read by others, mode ${mode.toString(8)}`, `Run: chmod 600 ${file}`);
  });
}

function nearestFolder(path: string): string {
  const parent = dirname(path);
  if (parent === path) return path;
  return statSync(parent, { throwIfNoEntry: false })?.isDirectory() === true ? parent : nearestFolder(parent);
}
