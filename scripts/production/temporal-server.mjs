import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { startChild } from './child.mjs';
import { freePorts } from './ports.mjs';
import { temporalConfig } from './temporal-config.mjs';

const DYNAMIC_CONFIG = fileURLToPath(new URL('../../deploy/temporal/dynamicconfig.yaml', import.meta.url));

/**
 * Starts the Temporal server on a prepared database and waits until its frontend serves.
 * @param {{ dir: string, server: string, postgres: { port: number, user: string, password: string } }} options
 */
export async function startTemporalServer({ dir, server, postgres }) {
  const ports = await freePorts(9);
  const configFile = join(dir, 'temporal.yaml');
  // It carries the database's password.
  await writeFile(configFile, temporalConfig({ postgres, ports, dynamicConfig: DYNAMIC_CONFIG }), { mode: 0o600 });
  const address = `127.0.0.1:${ports[1]}`;
  const child = startChild(server, ['--config-file', configFile, '--allow-no-auth', 'start'], {
    name: 'The Temporal server',
    logFile: join(dir, 'temporal.log'),
  });
  try {
    await child.readyWhen(untilServing(address));
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { address, pid: child.pid, stop: () => child.stop() };
}

/** Resolves when a Temporal frontend answers at the address; gives up silently after a minute. */
export async function untilServing(address) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      await connection.close();
      return;
    } catch {
      await pause(50);
    }
  }
}
