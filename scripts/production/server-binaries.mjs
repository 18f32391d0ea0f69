import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

/** The same version as the image in docker-compose.yml. */
export const TEMPORAL_SERVER_VERSION = '1.31.2';

const MODULE = 'go.temporal.io/server';

/**
 * The Temporal server and its schema tool: from our cache, else built from their Go module, which takes minutes once.
 * @param {(line: string) => void} log
 * @returns {Promise<{ server: string, sqlTool: string }>} paths of the programs
 */
export async function findServerBinaries(log) {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'gatehouse', `temporal-server-${TEMPORAL_SERVER_VERSION}`);
  const binaries = { server: join(folder, 'server'), sqlTool: join(folder, 'sql') };
  if (Object.values(binaries).every((path) => existsSync(path))) return binaries;

  await mkdir(folder, { recursive: true });
  log(`Building the Temporal server ${TEMPORAL_SERVER_VERSION} into ${folder}: two to seven minutes, once.`);
  const started = Date.now();
  const progress = setInterval(() => log(`  still building, ${Math.round((Date.now() - started) / 1000)} s`), 15_000);
  try {
    const programs = ['cmd/server', 'cmd/tools/sql'].map((path) => `${MODULE}/${path}@v${TEMPORAL_SERVER_VERSION}`);
    await run('go', ['install', '-ldflags', '-s -w', ...programs], { env: { ...process.env, GOBIN: folder } });
  } catch (error) {
    throw new Error(`The Temporal server could not be built. Go 1.26 or newer is needed on PATH. ${error.message}`, {
      cause: error,
    });
  } finally {
    clearInterval(progress);
  }
  log(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
  return binaries;
}

/** Where the source of the server is: in Go's module cache, where a build leaves it. */
export async function serverModuleFolder() {
  const answer = await run('go', ['mod', 'download', '-json', `${MODULE}@v${TEMPORAL_SERVER_VERSION}`]);
  return JSON.parse(answer).Dir;
}
