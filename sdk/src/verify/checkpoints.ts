import { createHash, createPublicKey, verify } from 'node:crypto';
import { canonical } from './canonical.ts';

/** A signed head of the chain, as the gate writes it to a file or posts it. */
export interface SignedHead {
  v: 1;
  size: number;
  hash: string;
  at: string;
  keyId: string;
  signature: string;
}

/** Reads checkpoints, one JSON object a line. Throws an `Error` that names the line that is none. */
export function readCheckpoints(text: string): SignedHead[] {
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    try {
      const head = JSON.parse(line) as Partial<SignedHead>;
      if (head.v === 1 && Number.isSafeInteger(head.size) && typeof head.hash === 'string') return [head as SignedHead];
    } catch {
      // Told below, as every other line that is no checkpoint.
    }
    throw new Error(`Line ${String(at + 1)} of the checkpoints is no checkpoint of version 1`);
  });
}

/** The keys of a file of one or more public keys in PEM, by their id: 16 hex digits of the SHA-256 of their DER. */
export function readKeys(pem: string): Map<string, string> {
  const blocks = pem.match(/-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/g) ?? [];
  if (blocks.length === 0) throw new Error('There is no public key in PEM in the file of keys');
  return new Map(
    blocks.map((block) => {
      const der = createPublicKey(block).export({ type: 'spki', format: 'der' });
      return [createHash('sha256').update(der).digest('hex').slice(0, 16), block];
    }),
  );
}

/** Whether one of the keys has signed exactly this checkpoint. */
export function isSigned(
  { v, size, hash, at, keyId, signature }: SignedHead,
  keys: ReadonlyMap<string, string>,
): boolean {
  const key = keys.get(keyId);
  if (key === undefined) return false;
  const covered = canonical({ v, size, hash, at, keyId, purpose: 'gatehouse-checkpoint-v1' });
  return verify(null, Buffer.from(covered, 'utf8'), key, Buffer.from(signature, 'base64url'));
}
