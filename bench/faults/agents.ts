import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AgentDoors, FromAgent } from './agent-messages.ts';
import type { Wish } from './wishes.ts';

/** Agents in processes of their own. A killed one is asked for its unfinished wishes again when it is back. */
export interface Agents {
  readonly count: number;
  readonly pids: readonly number[];
  give(wishes: readonly Wish[]): void;
  /** How each wish ended, by its key. */
  readonly ends: ReadonlyMap<string, string>;
  /** Actions that a person was asked about, as the agents were told. */
  readonly held: ReadonlySet<string>;
  unfinished(): number;
  kill(index: number): Promise<void>;
  start(index: number): Promise<void>;
  freeze(index: number, ms: number): Promise<void>;
  /** Sets its clock so many milliseconds ahead or behind, until it is set again or restarted. */
  setClock(index: number, shiftMs: number): void;
  stop(): void;
}

export async function startAgents(count: number, doorsOf: (index: number) => AgentDoors): Promise<Agents> {
  const ends = new Map<string, string>();
  const held = new Set<string>();
  const wanted = Array.from({ length: count }, () => new Map<string, Wish>());
  const children: ChildProcess[] = [];
  let next = 0;

  const start = async (index: number): Promise<void> => {
    const child = forkTypeScript('agent-process.ts');
    children[index] = child;
    const ready = new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('An agent ended while it started')));
      child.on('message', (message: FromAgent) => {
        if ('ready' in message) resolve();
        else if ('held' in message) held.add(message.held);
        else {
          ends.set(message.key, message.end);
          wanted[index]?.delete(message.key);
        }
      });
    });
    child.send({ doors: doorsOf(index) });
    await ready;
    const wishes = [...(wanted[index]?.values() ?? [])];
    if (wishes.length > 0) child.send({ wishes });
  };
  await Promise.all(wanted.map((_, index) => start(index)));

  return {
    count,
    get pids() {
      return children.map(({ pid }) => pid ?? 0);
    },
    ends,
    held,
    unfinished: () => wanted.reduce((sum, wishes) => sum + wishes.size, 0),
    give: (wishes) => {
      for (const wish of wishes) {
        const index = next++ % count;
        wanted[index]?.set(wish.key, wish);
        // A process that is dead just now takes it over when it starts.
        const child = children[index];
        if (child?.connected) child.send({ wishes: [wish] });
      }
    },
    start,
    kill: async (index) => {
      const child = children[index];
      if (child?.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    freeze: async (index, ms) => {
      children[index]?.kill('SIGSTOP');
      await pause(ms);
      children[index]?.kill('SIGCONT');
    },
    setClock: (index, clockShiftMs) => {
      const child = children[index];
      if (child?.connected) child.send({ clockShiftMs });
    },
    stop: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}

/** Starts a TypeScript file of this folder in a process of its own. */
export function forkTypeScript(file: string, args: readonly string[] = []): ChildProcess {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    cwd: root,
    execArgv: ['--import', './scripts/typescript.mjs'],
  });
}
