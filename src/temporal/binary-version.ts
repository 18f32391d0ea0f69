import { run } from './run.ts';

/** The CLI that we download and build. It carries server 1.31. */
export const CLI_VERSION = '1.8.2';

// Older servers lose updates to workflows that were evicted from the worker's cache.
const LEAST_SERVER = { major: 1, minor: 31 };

export interface BinaryVersion {
  /** The server inside the CLI, e.g. "1.31.2". */
  server: string;
  supported: boolean;
}

/** Asks a `temporal` binary which server it carries, or undefined when it does not run or does not say. */
export async function binaryVersion(path: string): Promise<BinaryVersion | undefined> {
  const { code, output } = await run(path, ['--version'], { timeoutMs: 15_000 });
  const match = /Server (\d+)\.(\d+)(\.\d+)?/.exec(output);
  if (code !== 0 || match === null) return undefined;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const supported = major > LEAST_SERVER.major || (major === LEAST_SERVER.major && minor >= LEAST_SERVER.minor);
  return { server: match[0].replace('Server ', ''), supported };
}

/** The server line that we need, for messages. */
export const NEEDED_SERVER = `${LEAST_SERVER.major}.${LEAST_SERVER.minor}`;
