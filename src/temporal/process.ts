import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from './error-code.ts';

const POLL_MS = 50;

/** Whether a process with this id runs, ours or not. A zombie counts as gone: it holds nothing any more. */
export function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  return readStat(pid)?.state !== 'Z';
}

/** The command line of a process, arguments separated by spaces, and its parent; undefined when it is gone. */
export function describeProcess(pid: number): { parent: number; command: string } | undefined {
  try {
    const stat = readStat(pid);
    if (stat !== undefined) {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return { parent: stat.parent, command };
    }
    const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const match = /^(\d+)\s+(.*)$/.exec(line);
    return match === null ? undefined : { parent: Number(match[1]), command: match[2] ?? '' };
  } catch {
    return undefined;
  }
}

/** Stops a process: SIGTERM, and SIGKILL when it is still there after `graceMs`. Resolves when it is gone. */
export async function stopProcess(pid: number, graceMs: number): Promise<void> {
  send(pid, 'SIGTERM');
  if (await goneWithin(pid, graceMs)) return;
  send(pid, 'SIGKILL');
  await goneWithin(pid, graceMs);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone already, which is what we want.
  }
}

async function goneWithin(pid: number, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

// The name in /proc/PID/stat may hold spaces and parentheses; the fields after its last ")" are plain.
function readStat(pid: number): { state: string; parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent = '0'] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
