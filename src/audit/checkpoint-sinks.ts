import { open } from 'node:fs/promises';
import type { Checkpoint } from '@gatehouse/sdk/contract';

/** A place that whoever writes to the database cannot reach. */
export interface CheckpointSink {
  /** For the log. */
  name: string;
  /** Resolves once the checkpoint is kept there; delivering one twice does no harm. */
  deliver(checkpoint: Checkpoint): Promise<void>;
}

const WEBHOOK_MS = 10_000;

/** Appends each checkpoint as one line of JSON to a file, and waits for the disk. */
export function fileSink(file: string): CheckpointSink {
  return {
    name: file,
    deliver: async (checkpoint) => {
      const handle = await open(file, 'a', 0o600);
      try {
        await handle.appendFile(`${JSON.stringify(checkpoint)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
}

/** Posts each checkpoint as JSON. Any 2xx takes it; a redirect does not, so that nobody else can. */
export function webhookSink(url: string): CheckpointSink {
  const { origin } = new URL(url);
  return {
    name: origin,
    deliver: async (checkpoint) => {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(checkpoint),
        signal: AbortSignal.timeout(WEBHOOK_MS),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`${origin} answered ${String(response.status)} to a checkpoint`);
    },
  };
}
