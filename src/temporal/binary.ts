import { access, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { buildBinary, hasGo } from './binary-build.ts';
import { DOWNLOAD_ORIGIN, downloadBinary } from './binary-download.ts';
import { CLI_VERSION, NEEDED_SERVER, binaryVersion } from './binary-version.ts';
import { withLock } from './lock.ts';

export interface ResolveOptions {
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  /** Where the official download is; other than the default only in tests and behind mirrors. */
  origin?: string;
  signal?: AbortSignal;
}

/** No Temporal server can be had on this machine. The message lists what was tried and what to do. */
export class TemporalBinaryError extends Error {
  override readonly name = 'TemporalBinaryError';

  constructor(readonly tried: readonly string[]) {
    super(
      [
        'No Temporal server can be started here. Tried:',
        ...tried.map((line) => `  - ${line}`),
        'Do one of these:',
        '  - set TEMPORAL_ADDRESS to a Temporal server that runs already (see docs/operations.md)',
        `  - put the Temporal CLI ${CLI_VERSION} on PATH: https://docs.temporal.io/cli#install`,
        '  - install Go 1.21 or newer (https://go.dev/dl) and start again: the CLI is then built, once',
      ].join('\n'),
    );
  }
}

/** Where a downloaded or built CLI is kept, for every data folder of this user. */
export function cachedBinaryPath(env: NodeJS.ProcessEnv): string {
  const xdg = env['XDG_CACHE_HOME'];
  const cache = xdg === undefined || xdg === '' ? join(env['HOME'] ?? homedir(), '.cache') : xdg;
  return join(cache, 'gatehouse', `temporal-cli-${CLI_VERSION}`, 'temporal');
}

/**
 * Finds a `temporal` binary with a supported server: on PATH, in our cache, by download, or by a build with Go.
 * The last two fill the cache. Concurrent callers wait for the one that fills it.
 * @throws {TemporalBinaryError} when none of them works.
 */
export async function resolveTemporalBinary(options: ResolveOptions): Promise<string> {
  const tried: string[] = [];
  const cached = cachedBinaryPath(options.env);
  const found = (await onPath(options, tried)) ?? (await fromCache(cached));
  if (found !== undefined) return found;

  const waiting = (holder: number) => {
    options.say(`Another process (${holder}) is already getting the Temporal CLI: waiting for it.`);
  };
  return withLock(`${dirname(cached)}.lock`, waiting, async () => {
    const meanwhile = await fromCache(cached);
    if (meanwhile !== undefined) return meanwhile;
    // Whatever a killed run left half-done goes: while we hold the lock, nobody else is at work here.
    await rm(dirname(cached), { recursive: true, force: true });
    await mkdir(dirname(cached), { recursive: true });
    const folder = await mkdtemp(join(dirname(cached), 'new-'));
    try {
      const fresh = (await byDownload(options, folder, tried)) ?? (await byBuild(options, folder, tried));
      if (fresh === undefined) throw new TemporalBinaryError(tried);
      // Renaming within the folder is atomic: nobody ever sees half a binary.
      await rename(fresh, cached);
      return cached;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function onPath({ env, say }: ResolveOptions, tried: string[]): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(folder, 'temporal');
    if (folder === '' || !(await isExecutable(candidate))) continue;
    const version = await binaryVersion(candidate);
    if (version?.supported === true) return candidate;
    const why =
      version === undefined
        ? `${candidate} does not answer --version`
        : `${candidate} has server ${version.server}, and ${NEEDED_SERVER} or newer is needed`;
    say(`Passing over ${why}.`);
    tried.push(why);
    return undefined;
  }
  tried.push('no temporal on PATH');
  return undefined;
}

async function fromCache(path: string): Promise<string | undefined> {
  return (await binaryVersion(path))?.supported === true ? path : undefined;
}

async function byDownload(options: ResolveOptions, folder: string, tried: string[]): Promise<string | undefined> {
  try {
    const binary = await downloadBinary({ origin: options.origin ?? DOWNLOAD_ORIGIN, folder, say: options.say });
    if ((await binaryVersion(binary))?.supported === true) return binary;
    tried.push('the downloaded CLI does not run here');
  } catch (error) {
    tried.push(`download: ${error instanceof Error ? error.message : String(error)}`);
  }
  options.say(`The official download of the Temporal CLI is not to be had (${tried.at(-1) ?? ''}).`);
  return undefined;
}

async function byBuild(options: ResolveOptions, folder: string, tried: string[]): Promise<string | undefined> {
  if (!(await hasGo(options.env))) {
    tried.push('build: no go on PATH');
    return undefined;
  }
  try {
    const { env, signal, say } = options;
    const binary = await buildBinary({ folder, env, say, ...(signal === undefined ? {} : { signal }) });
    if ((await binaryVersion(binary))?.supported === true) return binary;
    tried.push('build: the built CLI does not run');
  } catch (error) {
    tried.push(`build: ${error instanceof Error ? error.message : String(error)}`);
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
