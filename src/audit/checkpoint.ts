import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Checkpoint } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';

const PURPOSE = 'gatehouse-checkpoint-v1';

/** The key that vouches for how far the chain had come, and what it was until there. */
export interface CheckpointSigner {
  keyId: string;
  publicKeyPem: string;
  /** Signs a head of the chain; `at` in milliseconds since the epoch. */
  sign(head: { size: number; hash: string; at: number }): Checkpoint;
}

/** @param privateKeyPem an Ed25519 private key, PKCS #8 PEM */
export function createCheckpointSigner(privateKeyPem: string): CheckpointSigner {
  const privateKey = createPrivateKey(privateKeyPem);
  const publicKey = createPublicKey(privateKey);
  const keyId = keyIdOf(publicKey);
  return {
    keyId,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: ({ size, hash, at }) => {
      const checkpoint = { v: 1 as const, size, hash, at: new Date(at).toISOString(), keyId };
      return { ...checkpoint, signature: sign(null, signedBytes(checkpoint), privateKey).toString('base64url') };
    },
  };
}

/** True when the signature is over exactly this checkpoint and by exactly this key. */
export function checkpointIsSigned({ signature, ...checkpoint }: Checkpoint, publicKeyPem: string): boolean {
  const key = createPublicKey(publicKeyPem);
  return (
    keyIdOf(key) === checkpoint.keyId && verify(null, signedBytes(checkpoint), key, Buffer.from(signature, 'base64url'))
  );
}

/** The first 16 hex digits of the SHA-256 of the public key in DER. */
function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

/** RFC 8785 with the purpose beside it, so that no other signature of the same key can pass for one of these. */
function signedBytes({ v, size, hash, at, keyId }: Omit<Checkpoint, 'signature'>): Buffer {
  return Buffer.from(canonicalize({ v, size, hash, at, keyId, purpose: PURPOSE }) ?? '', 'utf8');
}

/** The public keys of a PEM file, by their id. Throws where there is none. */
export function keysFromPem(pem: string): Map<string, string> {
  const blocks = pem.match(/-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/g) ?? [];
  if (blocks.length === 0)
    throw new Error('There is no public key in PEM there: print one with `gatehouse audit checkpoint --key`');
  return new Map(blocks.map((block) => [keyIdOf(createPublicKey(block)), block]));
}
