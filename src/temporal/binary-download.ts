import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CLI_VERSION } from './binary-version.ts';
import { run } from './run.ts';

export const DOWNLOAD_ORIGIN = 'https://temporal.download';

// A machine without a way out should move on to the build quickly; a slow line must still get its 60 MB.
const ANSWER_MS = 5_000;
const WHOLE_MS = 300_000;

export interface DownloadOptions {
  origin: string;
  /** An existing folder for the archive and what is in it. */
  folder: string;
  say: (line: string) => void;
}

/**
 * Downloads the official CLI and unpacks it.
 * @returns the path of the unpacked binary, not yet tried.
 * @throws {Error} that says why, in one line.
 */
export async function downloadBinary({ origin, folder, say }: DownloadOptions): Promise<string> {
  const url = `${origin}/cli/archive/v${CLI_VERSION}?platform=${process.platform}&arch=${goArch()}`;
  const archive = join(folder, 'temporal.tar.gz');
  const noAnswer = new AbortController();
  const timer = setTimeout(() => {
    noAnswer.abort(new Error(`no answer in ${ANSWER_MS / 1000} s`));
  }, ANSWER_MS);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([noAnswer.signal, AbortSignal.timeout(WHOLE_MS)]) });
    clearTimeout(timer);
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    say(`Downloading Temporal CLI ${CLI_VERSION} from ${origin}${sizeOf(response)}.`);
    // Pages bring the types of browsers along, where a stream is the same thing by another name.
    await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(archive));
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
  const { code, output } = await run('tar', ['-xzf', archive, '-C', folder, 'temporal']);
  if (code !== 0)
    throw new Error(`the archive from ${origin} does not unpack: ${output.trim().split('\n').at(-1) ?? ''}`);
  return join(folder, 'temporal');
}

function goArch(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}

function sizeOf(response: Response): string {
  const bytes = Number(response.headers.get('content-length') ?? 0);
  return bytes === 0 ? '' : ` (${Math.round(bytes / 1_000_000)} MB)`;
}

// fetch hides what happened ("fetch failed") in the cause.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
