import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const READY_MS = 30_000;
const POLL_MS = 50;

/** The compiled programs, each in a process of its own as in production. */
export interface Programs {
  pids: Record<string, number>;
  stop(): Promise<void>;
}

const COMMANDS = { api: ['api'], worker: ['worker'], executors: ['worker', '--executors'] } as const;

/** Starts API, worker and executor worker, and resolves when the API is ready and the workers poll. */
export async function startPrograms(
  dir: string,
  url: string,
  env: NodeJS.ProcessEnv,
  profile: boolean,
): Promise<Programs> {
  const running = new Map<string, ChildProcess>();
  const killAll = () => running.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', killAll);
  const stop = async () => {
    const ends = [...running.values()].map((child) => end(child));
    await Promise.all(ends);
    process.removeListener('exit', killAll);
  };
  try {
    for (const [name, args] of Object.entries(COMMANDS)) {
      const logFile = join(dir, `${name}.log`);
      const log = openSync(logFile, 'w', 0o600);
      const child = spawn(process.execPath, [...(profile ? profiling(dir, name) : []), MAIN, ...args], {
        env,
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      running.set(name, child);
      await until(name, child, logFile, name === 'api' ? () => isReady(url) : async () => polls(logFile));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    pids: Object.fromEntries([...running].map(([name, child]) => [name, child.pid ?? 0])),
    stop,
  };
}

function profiling(dir: string, name: string): string[] {
  return ['--cpu-prof', `--cpu-prof-dir=${dir}`, `--cpu-prof-name=${name}.cpuprofile`];
}

async function until(name: string, child: ChildProcess, logFile: string, ready: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!(await ready())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${name} did not become ready. Its log ends:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
    }
    await pause(POLL_MS);
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function polls(logFile: string): boolean {
  return readFileSync(logFile, 'utf8').includes('the worker polls');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(late);
}
