import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, removeRecord, stopOrphan, writeRecord } from './embedded-record.ts';
import { freePort } from './ports.ts';
import { stopProcess } from './process.ts';
import { untilServing } from './serving.ts';

export interface EmbeddedOptions {
  /** Path of the `temporal` binary. */
  binary: string;
  /** Holds the database, the log and the pid file. Absolute. */
  dataDir: string;
  namespace: string;
  /** Where to start looking for a free port; 0 takes any. */
  port?: number;
  /** The same for the web UI, or false for none. */
  uiPort?: number | false;
  logLevel?: 'debug' | 'info' | 'warn' | 'error';
  say: (line: string) => void;
}

export interface EmbeddedServer {
  /** host:port */
  address: string;
  uiUrl?: string;
  pid: number;
  /** Resolves when the server is gone, wanted or not. */
  exited: Promise<void>;
  /** Stops it: SIGTERM, then SIGKILL after a bound. Safe to call again. */
  stop(): Promise<void>;
}

/** The embedded server did not come up, or went away while starting. The message has its last log lines. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
}

const DEFAULT_PORT = 7233;
const DEFAULT_UI_PORT = 8233;
const STOP_MS = 10_000;
const READY_MS = 60_000;
const ATTEMPTS = 3;
const LOG_LIMIT = 20_000_000;

/**
 * Starts the Temporal dev server on the database file of a data folder, after stopping the orphan of a killed
 * predecessor. It runs in a process group of its own, so that Ctrl-C reaches us first and we stop it last.
 * @throws {EmbeddedServerError} when it does not serve; {DataFolderInUseError} when somebody else uses the folder.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const orphan = await stopOrphan(options.dataDir, STOP_MS);
  if (orphan !== undefined) options.say(`Stopped the Temporal server (process ${orphan}) of a run that was killed.`);

  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      // Between looking for a free port and the server listening on it, somebody else may take it.
      const lostPort = error instanceof EmbeddedServerError && /address already in use/i.test(error.message);
      if (!lostPort || attempt === ATTEMPTS) throw error;
    }
  }
}

async function startOnce(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataDir, namespace, say } = options;
  const port = await portFor('Temporal', options.port ?? DEFAULT_PORT, [], say);
  const wantedUi = options.uiPort ?? DEFAULT_UI_PORT;
  const uiPort = wantedUi === false ? undefined : await portFor('Temporal UI', wantedUi, [port], say);
  const address = `127.0.0.1:${port}`;
  const uiUrl = uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`;

  const logFile = join(dataDir, 'temporal.log');
  const child = spawnLogged(options.binary, commandLine(options, port, uiPort), logFile);
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new EmbeddedServerError(`${options.binary} cannot be started.`);
  writeRecord(dataDir, { pid, owner: process.pid, address, ...(uiUrl === undefined ? {} : { uiUrl }) });

  // Our own crash must not leave the server behind; only SIGKILL can, and then the next start finds it by the record.
  const onExit = () => child.kill('SIGTERM');
  process.once('exit', onExit);
  void exited.then(() => {
    process.removeListener('exit', onExit);
    removeRecord(dataDir);
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) await stopProcess(pid, STOP_MS);
    await exited;
  };

  const gone = new AbortController();
  const outcome = await Promise.race([
    untilServing(address, namespace, READY_MS, gone.signal).then((serving) => (serving ? 'serving' : 'silent')),
    exited.then(() => 'gone'),
  ]);
  gone.abort();
  if (outcome !== 'serving') {
    await stop();
    const what = outcome === 'gone' ? 'stopped while starting' : `did not answer on ${address} in ${READY_MS / 1000} s`;
    throw new EmbeddedServerError(`The Temporal server ${what}. The end of ${logFile}:\n${lastLines(logFile)}`);
  }
  return { address, ...(uiUrl === undefined ? {} : { uiUrl }), pid, exited, stop };
}

function commandLine(options: EmbeddedOptions, port: number, uiPort: number | undefined): string[] {
  return [
    'server',
    'start-dev',
    ...['--db-filename', databaseFile(options.dataDir)],
    // Nothing acknowledged was lost with these over kill -9, and they take a third off each commit.
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...['--ip', '127.0.0.1', '--port', String(port)],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(options.namespace === 'default' ? [] : ['--namespace', options.namespace]),
    ...['--log-level', options.logLevel ?? 'warn'],
  ];
}

async function portFor(
  what: string,
  preferred: number,
  taken: readonly number[],
  say: EmbeddedOptions['say'],
): Promise<number> {
  const port = await freePort(preferred, taken);
  if (preferred !== 0 && port !== preferred) say(`Port ${preferred} is busy: ${what} takes ${port}.`);
  return port;
}

function spawnLogged(binary: string, args: string[], logFile: string): ChildProcess {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(binary, args, { detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
