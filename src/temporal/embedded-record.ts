import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { describeProcess, isAlive, stopProcess } from './process.ts';

const recordSchema = z.object({
  pid: z.int().positive(),
  /** The Gatehouse process that started it. */
  owner: z.int().positive(),
  address: z.string(),
  uiUrl: z.string().optional(),
});

/** What a running embedded server leaves in the data folder, for the other commands and for whoever starts next. */
export type EmbeddedRecord = z.infer<typeof recordSchema>;

/** A Gatehouse that is alive already uses this data folder: its server must not be stopped. */
export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError';

  constructor(
    readonly dataDir: string,
    readonly owner: number,
    readonly address: string,
  ) {
    super(
      `Process ${owner} already runs Gatehouse on the data folder ${dataDir}, with its Temporal server at ${address}. ` +
        'Stop it, or give this one another folder with GATEHOUSE_DATA.',
    );
  }
}

/** The file that holds all of the embedded server's state. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'temporal.db');
}

/** Writes the record of the server that was just started. */
export function writeRecord(dataDir: string, record: EmbeddedRecord): void {
  writeFileSync(recordFile(dataDir), `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

/** Removes the record once its server has stopped. */
export function removeRecord(dataDir: string): void {
  rmSync(recordFile(dataDir), { force: true });
}

/** The embedded server that runs on a data folder now, or undefined. */
export function runningEmbedded(dataDir: string): EmbeddedRecord | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(recordFile(dataDir), 'utf8'));
  } catch {
    return undefined;
  }
  const { data: record } = recordSchema.safeParse(content);
  if (record === undefined || !isAlive(record.pid)) return undefined;
  // Process ids are used again: only a dev server on this very database file is ours.
  const command = describeProcess(record.pid)?.command ?? '';
  return command.includes('start-dev') && command.includes(databaseFile(dataDir)) ? record : undefined;
}

/**
 * Stops the server that a killed predecessor left behind on the same database file, which two servers would damage.
 * @returns its process id, or undefined when there was none.
 * @throws {DataFolderInUseError} when the predecessor is alive.
 */
export async function stopOrphan(dataDir: string, graceMs: number): Promise<number | undefined> {
  const record = runningEmbedded(dataDir);
  if (record === undefined) return undefined;
  // An orphan has been handed to another parent; a server in use still has the one that started it.
  if (describeProcess(record.pid)?.parent === record.owner) {
    throw new DataFolderInUseError(dataDir, record.owner, record.address);
  }
  await stopProcess(record.pid, graceMs);
  removeRecord(dataDir);
  return record.pid;
}

function recordFile(dataDir: string): string {
  return join(dataDir, 'temporal.pid');
}
