import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { startGatehouse, type Child, type ChildOptions } from '../../test/support/processes.ts';

/** One program of ours, kept running as a supervisor would, until it is struck. */
export interface Part {
  readonly name: string;
  readonly pid: number;
  /** How often it ended by itself, though nobody struck it. */
  readonly ownDeaths: number;
  start(options?: ChildOptions): Promise<void>;
  /** SIGKILL. Stays dead until `start`. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for its end. */
  stop(): Promise<void>;
  /** Resolves true when it has died at its named point, false when it has not within the bound. */
  dies(boundMs: number): Promise<boolean>;
  freeze(ms: number): Promise<void>;
  /** From now on every write to a file fails, as on a full disk; or no more. */
  fillDisk(full: boolean): void;
  /** Sets its clock so many milliseconds ahead or behind, until it is set again or restarted. */
  setClock(shiftMs: number): Promise<void>;
  /** What it wrote last. */
  output(): string;
}

/** Prepares a program; it runs from `start` on. */
export function createPart(
  name: string,
  args: readonly string[],
  env: Record<string, string>,
  ready: RegExp,
  onOwnDeath: (says: string) => void,
): Part {
  let child: Child | undefined;
  let ownDeaths = 0;
  const running = (): Child => {
    if (child === undefined) throw new Error(`${name} does not run`);
    return child;
  };
  const start = async (options: ChildOptions = {}): Promise<void> => {
    const started = startGatehouse(args, { clockJumps: true, ...options, env: { ...env, ...options.env } });
    child = started;
    if (options.killAt === undefined) {
      void started.exited.then((exit) => {
        // Struck parts are not the current child any more.
        if (child !== started) return;
        ownDeaths += 1;
        onOwnDeath(`${name} ended by itself (${JSON.stringify(exit)}): ${started.output().slice(-600)}`);
        void start(options).catch(() => undefined);
      });
    }
    await started.said(ready);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const struck = running();
    child = undefined;
    await struck.kill(signal);
  };
  return {
    name,
    get pid() {
      return running().pid;
    },
    get ownDeaths() {
      return ownDeaths;
    },
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    dies: async (boundMs) => {
      const struck = running();
      const bound = new AbortController();
      const died = await Promise.race([
        struck.exited.then(() => true),
        pause(boundMs, false, { signal: bound.signal }).catch(() => false),
      ]);
      bound.abort();
      child = undefined;
      if (!died) await struck.kill();
      return died;
    },
    freeze: async (ms) => {
      const { pid } = running();
      process.kill(pid, 'SIGSTOP');
      await pause(ms);
      process.kill(pid, 'SIGCONT');
    },
    fillDisk: (full) => {
      const limit = full ? '1:unlimited' : 'unlimited:unlimited';
      spawnSync('prlimit', ['--pid', String(running().pid), `--fsize=${limit}`]);
    },
    // One that ends by itself just then has the right clock when it is back.
    setClock: (shiftMs) =>
      running()
        .setClock(shiftMs)
        .catch(() => undefined),
    output: () => child?.output() ?? '',
  };
}
