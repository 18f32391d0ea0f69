import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from './error-code.ts';
import { isAlive } from './process.ts';

const POLL_MS = 500;

/**
 * Runs `work` while no other process holds the lock file. A lock whose holder has died is taken over.
 * `onWait` is told once, with the process id of the holder.
 */
export async function withLock<T>(file: string, onWait: (holder: number) => void, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  let told = false;
  while (!(await take(file))) {
    const holder = await holderOf(file);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      await removeStale(file, holder);
      continue;
    }
    if (!told) onWait(holder);
    told = true;
    await delay(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function holderOf(file: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    // A holder that died between making and filling the file leaves it empty: as good as a dead process.
    return Number.isNaN(pid) ? 0 : pid;
  } catch {
    return undefined;
  }
}

// Two takers may see the same dead holder. Moving the file away first lets only one of them remove it, and the mover
// looks again at what it got, in case the other was quicker and this is already the new holder's lock.
async function removeStale(file: string, holder: number): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
    if ((await holderOf(aside)) === holder) await rm(aside, { force: true });
    else await rename(aside, file);
  } catch {
    // Somebody else moved it: look again.
  }
}
