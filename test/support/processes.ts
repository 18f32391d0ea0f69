import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = resolve(import.meta.dirname, '../..');
const preload = (file: string): string[] => ['--import', pathToFileURL(resolve(ROOT, 'test/support', file)).href];
const KEPT = 100_000;

/**
 * A point at which a process dies by SIGKILL: before or after it started a workflow, committed, or answered. After an
 * effect dies an executor that looks for it itself.
 */
export type KillPoint = `${'start' | 'decide' | 'move'}:${'before' | 'after'}` | 'answer:before' | 'effect:after';

export interface ChildOptions {
  env?: Record<string, string>;
  killAt?: KillPoint;
  /** How far the clock of the process is from everybody else's. */
  clockShiftMs?: number;
  /** Its clock can be set while it runs. */
  clockJumps?: boolean;
  /** No file that it writes may become larger, in blocks of 512 bytes: what a full disk is to it. */
  fileBlocks?: number;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program of ours that runs in a process of its own. */
export interface Child {
  pid: number;
  exited: Promise<Exit>;
  isRunning(): boolean;
  /** Everything that it wrote, the last of it. */
  output(): string;
  /** Resolves when it has written something that matches; rejects with its output when it ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal, SIGKILL if none is given, and waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<Exit>;
  /**
   * Sets the clock of one that was started for it so many milliseconds ahead of everybody else's, or behind. Resolves when it
   * is set; rejects when the process ends before.
   */
  setClock(shiftMs: number): Promise<void>;
}

const alive = new Set<() => void>();
// A test run that is interrupted must not leave processes behind.
process.once('exit', () => {
  for (const end of alive) end();
});

/** Starts the built command `gatehouse` with these arguments. */
export function startGatehouse(args: readonly string[], options: ChildOptions = {}): Child {
  const { killAt, clockShiftMs = 0, clockJumps = false } = options;
  const limited = options.fileBlocks === undefined ? [] : ['sh', '-c', LIMITED, String(options.fileBlocks)];
  return startNode(
    [
      ...(clockJumps || clockShiftMs !== 0 ? preload('wrong-clock.mjs') : []),
      ...(killAt === undefined ? [] : preload('failpoints.mjs')),
      'dist/cli/main.js',
      ...args,
    ],
    {
      ...options.env,
      ...(killAt === undefined ? {} : { TEST_KILL_AT: killAt }),
      ...(clockShiftMs === 0 ? {} : { TEST_CLOCK_SHIFT_MS: String(clockShiftMs) }),
      ...(clockJumps ? { TEST_CLOCK_JUMPS: 'yes' } : {}),
    },
    limited,
  );
}

const LIMITED = 'ulimit -f "$0" && exec "$@"';

/** Starts Node in the project's folder, with none of the settings of the test run; `before` comes before it on the command line. */
export function startNode(
  args: readonly string[],
  env: Record<string, string> = {},
  before: readonly string[] = [],
): Child {
  const [command = process.execPath, ...rest] = [...before, process.execPath, ...args];
  const child = spawn(command, rest, {
    cwd: ROOT,
    env: { ...withoutSettings(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(env['TEST_CLOCK_JUMPS'] === undefined ? [] : ['ipc' as const])],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${process.execPath} cannot be started`);
  let output = '';
  const listeners = new Set<() => void>();
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-KEPT);
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const end = (): void => void child.kill('SIGKILL');
  alive.add(end);
  const exited = once(child, 'close').then(([code, signal]): Exit => {
    alive.delete(end);
    return { code: code as Exit['code'], signal: signal as Exit['signal'] };
  });
  return {
    pid,
    exited,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    output: () => output,
    said: (pattern) =>
      new Promise((found, missed) => {
        const look = (): void => {
          const match = pattern.exec(output);
          if (match === null) return;
          listeners.delete(look);
          found(match);
        };
        listeners.add(look);
        look();
        void exited.then((how) => {
          missed(new Error(`It ended (${JSON.stringify(how)}) and never said ${String(pattern)}:\n${output}`));
        });
      }),
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      return exited;
    },
    setClock: (clockShiftMs) =>
      new Promise((done, failed) => {
        child.once('message', () => done());
        void exited.then((how) => failed(new Error(`It ended (${JSON.stringify(how)}) before its clock was set`)));
        child.send({ clockShiftMs }, (error) => error !== null && failed(error));
      }),
  };
}

const SETTING = /^(TEMPORAL_(?!BINARY)|DATABASE_URL$|NODE_OPTIONS$|JEST_|GATEHOUSE_(?!TEMPORAL))/;

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SETTING.test(name)));
}
