import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI_VERSION } from './binary-version.ts';
import { run } from './run.ts';

const MODULE = fileURLToPath(new URL('../../tools/temporal', import.meta.url));
const PROGRESS_MS = 10_000;
const USUAL_MS = 360_000;

export interface BuildOptions {
  /** An existing, empty folder to build in. */
  folder: string;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  signal?: AbortSignal;
}

/** Whether a Go tool chain answers on PATH. */
export async function hasGo(env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await run('go', ['version'], { env, timeoutMs: 15_000 })).code === 0;
}

/**
 * Builds the CLI from the pinned module.
 * @returns the path of the binary, not yet tried.
 * @throws {Error} with the last lines of the Go tool.
 */
export async function buildBinary({ folder, env, say, signal }: BuildOptions): Promise<string> {
  // A copy, because an installed package may be read-only and `go` may want to touch the module files.
  await Promise.all(['go.mod', 'go.sum'].map((file) => copyFile(join(MODULE, file), join(folder, file))));
  say(`Building Temporal CLI ${CLI_VERSION} with Go: about six minutes, once. Later starts find it in the cache.`);
  const started = Date.now();
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const ticker = setInterval(() => {
    const late = Date.now() - started > USUAL_MS;
    say(`Building Temporal CLI ${CLI_VERSION}: ${elapsed()} so far${late ? '; a busy machine takes longer' : ''}.`);
  }, PROGRESS_MS);
  const binary = join(folder, 'temporal');
  const flags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${CLI_VERSION}`;
  const args = ['build', '-ldflags', flags, '-o', binary, 'github.com/temporalio/cli/cmd/temporal'];
  try {
    const { code, output } = await run('go', args, { cwd: folder, env, ...(signal === undefined ? {} : { signal }) });
    if (code !== 0)
      throw new Error(`go build failed after ${elapsed()}: ${output.trim().split('\n').slice(-5).join('\n')}`);
  } finally {
    clearInterval(ticker);
  }
  say(`Built Temporal CLI ${CLI_VERSION} in ${elapsed()}.`);
  return binary;
}
