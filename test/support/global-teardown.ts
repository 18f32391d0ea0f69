import { rmSync } from 'node:fs';
import { running } from './running.ts';

/** Stops what the global setup started. */
export default async function globalTeardown(): Promise<void> {
  running.postgres?.stop();
  await running.temporal?.stop();
  if (running.dataDir !== undefined) rmSync(running.dataDir, { recursive: true, force: true });
}
