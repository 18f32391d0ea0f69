import type { Checkpoint } from '@gatehouse/sdk/contract';
import { readHead, readSealedAt } from '../store/chain.ts';
import { insertCheckpoint, readLastCheckpoint, type CheckpointRow } from '../store/checkpoints.ts';
import type { Store } from '../store/open.ts';
import type { CheckpointSigner } from './checkpoint.ts';

/** The chain is no longer the one that a checkpoint vouched for: nothing more of it is signed. */
export class ChainChangedError extends Error {
  override readonly name = 'ChainChangedError';

  constructor(
    /** The place whose entry is another one than it was, or gone. */
    readonly place: number,
  ) {
    super(
      `Entry ${String(place)} of the record is not the one that was sealed there, so no checkpoint is signed: ` +
        'run `gatehouse audit verify`, and compare with a checkpoint kept outside of the database.',
    );
  }
}

/**
 * Signs the head of the chain, where there is something new since the last checkpoint.
 *
 * @returns the checkpoint, or null where there was nothing new or another process was quicker
 * @throws {ChainChangedError} where the chain does not hold what the last checkpoint or its own head says
 */
export async function takeCheckpoint(store: Store, signer: CheckpointSigner, at: number): Promise<Checkpoint | null> {
  const last = await readLastCheckpoint(store);
  const head = await readHead(store);
  if (head.size === 0 || head.size === last?.size) return null;
  for (const { size, hash } of last === undefined ? [head] : [last, head]) {
    if ((await readSealedAt(store, size))?.hash !== hash) throw new ChainChangedError(size);
  }
  const checkpoint = signer.sign({ ...head, at });
  const { keyId: key_id, signature } = checkpoint;
  const row: CheckpointRow = { ...head, at, key_id, signature, delivered_at: null };
  return (await insertCheckpoint(store, row)) ? checkpoint : null;
}

/** A checkpoint as it stands in the store, in the form that travels. */
export function toCheckpoint({ size, hash, at, key_id: keyId, signature }: CheckpointRow): Checkpoint {
  return { v: 1, size, hash, at: new Date(at).toISOString(), keyId, signature };
}
