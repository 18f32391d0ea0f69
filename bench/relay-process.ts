import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/temporal/ports.ts';
import type { TemporalDoor } from './payload-keys.ts';

export interface Relay {
  url: string;
  pid: number;
  stop(): void;
}

/** Starts the relay that the gate is compared with, in a process of its own as the gate is in. */
export async function startRelay({ address, namespace, payloadKeys }: TemporalDoor, taskQueue: string): Promise<Relay> {
  const keys = payloadKeys === null ? [] : [payloadKeys];
  const port = String(await freePort(0));
  const child = fork(
    fileURLToPath(new URL('relay.ts', import.meta.url)),
    [port, address, namespace, taskQueue, ...keys],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
    },
  );
  const gone = once(child, 'exit').then(() => 'gone');
  if ((await Promise.race([once(child, 'message'), gone])) === 'gone') throw new Error('The relay ended at once');
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => child.disconnect() };
}
