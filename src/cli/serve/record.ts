import { fileSink, webhookSink, type CheckpointSink } from '../../audit/checkpoint-sinks.ts';
import { createCheckpointSigner } from '../../audit/checkpoint.ts';
import { startRecordKeeper, type RecordKeeper } from '../../audit/record-keeper.ts';
import type { Settings } from '../../settings.ts';
import type { Core } from './core.ts';
import { loadSigningKey } from './signing-key.ts';

/** Seals and signs the record beside a worker, on an open core. */
export async function startRecord({ settings, store, logger }: Core): Promise<RecordKeeper> {
  const { checkpoints } = settings;
  return startRecordKeeper(store, {
    signer: createCheckpointSigner(loadSigningKey(checkpoints.key)),
    sinks: sinksOf(checkpoints),
    checkpointEveryMs: checkpoints.everySeconds * 1_000,
    logger,
  });
}

/** The places outside of the database that the settings name for checkpoints. */
export function sinksOf({ file, webhook }: Settings['checkpoints']): CheckpointSink[] {
  return [...(file === undefined ? [] : [fileSink(file)]), ...(webhook === undefined ? [] : [webhookSink(webhook)])];
}
