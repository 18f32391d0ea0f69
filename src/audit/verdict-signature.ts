import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What a signature covers: everything that gives a verdict its meaning. */
export interface SignedVerdict {
  actionId: string;
  approvalId: string;
  verdictId: string;
  verdict: 'approve' | 'reject';
  actionDigest: string;
  reviewer: string;
  comment: string | null;
  at: number;
  keyId: string;
}

/** The key with which the API vouches that it authenticated the reviewer. */
export interface VerdictSigner {
  keyId: string;
  publicKeyPem: string;
  sign(verdict: Omit<SignedVerdict, 'keyId'>): { keyId: string; signature: string };
}

/** @param privateKeyPem an Ed25519 private key, PKCS #8 PEM */
export function createVerdictSigner(privateKeyPem: string): VerdictSigner {
  const privateKey = createPrivateKey(privateKeyPem);
  const publicKey = createPublicKey(privateKey);
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const keyId = keyIdOf(publicKey);
  return {
    keyId,
    publicKeyPem,
    sign: (verdict) => ({
      keyId,
      signature: sign(null, signedBytes({ ...verdict, keyId }), privateKey).toString('base64url'),
    }),
  };
}

/** True when the signature is over exactly this verdict and by exactly this key. */
export function verdictIsSigned(verdict: SignedVerdict, signature: string, publicKeyPem: string): boolean {
  return verify(null, signedBytes(verdict), createPublicKey(publicKeyPem), Buffer.from(signature, 'base64url'));
}

function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** RFC 8785, with the purpose in front, so that no other signature of the same key can pass for a verdict. */
function signedBytes(verdict: SignedVerdict): Buffer {
  const { actionId, approvalId, verdictId, actionDigest, reviewer, comment, at, keyId } = verdict;
  const text = canonicalize({
    purpose: 'gatehouse-verdict-v1',
    verdict: verdict.verdict,
    actionId,
    approvalId,
    verdictId,
    actionDigest,
    reviewer,
    comment,
    at,
    keyId,
  });
  return Buffer.from(text ?? '', 'utf8');
}
