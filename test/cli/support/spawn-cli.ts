import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Ran } from './run-cli.ts';

const ROOT = path.resolve(process.cwd());

const running = new Set<ChildProcess>();

/** Ends what a failed test has left running. */
export function stopSpawned(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** A command as a real process. */
export interface Spawned {
  child: ChildProcess;
  ended: Promise<Ran>;
  /** Fulfilled once standard error has that text. */
  says(text: string): Promise<void>;
}

export function spawnCli(args: readonly string[], env: NodeJS.ProcessEnv): Spawned {
  const entry = path.join(ROOT, 'test/cli/support/gatehouse.ts');
  const child = spawn(process.execPath, ['--import', path.join(ROOT, 'scripts/typescript.mjs'), entry, ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const ran: Ran = { code: 0, out: '', err: '' };
  child.stdout.on('data', (chunk) => (ran.out += String(chunk)));
  child.stderr.on('data', (chunk) => (ran.err += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ ...ran, code: (code as number | null) ?? -1 }));
  return {
    child,
    ended,
    says: async (text) => {
      while (!ran.err.includes(text) && !ran.out.includes(text)) {
        await Promise.race([
          once(child.stderr, 'data'),
          once(child.stdout, 'data'),
          ended.then(() => {
            throw new Error(`It ended without saying ${text}:\n${ran.err}`);
          }),
        ]);
      }
    },
  };
}
