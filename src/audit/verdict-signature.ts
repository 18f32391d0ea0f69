import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AgentAnswerInput, ReviewInput } from '../workflows/messages.ts';

type Purpose = 'gatehouse-verdict-v2' | 'gatehouse-answer-v1';

/** What a signature covers: all of a verdict, and the action that it is for. */
export type SignedVerdict = Omit<ReviewInput, 'signature'> & { actionId: string };

/** The same of an agent's answer to a question. */
export type SignedAnswer = Omit<AgentAnswerInput, 'signature'> & { actionId: string };

interface Signature {
  keyId: string;
  signature: string;
}

/** The key with which the API vouches that it authenticated whoever speaks. */
export interface VerdictSigner {
  keyId: string;
  publicKeyPem: string;
  sign(verdict: Omit<SignedVerdict, 'keyId'>): Signature;
  signAnswer(answer: Omit<SignedAnswer, 'keyId'>): Signature;
}

/** @param privateKeyPem an Ed25519 private key, PKCS #8 PEM */
export function createVerdictSigner(privateKeyPem: string): VerdictSigner {
  const privateKey = createPrivateKey(privateKeyPem);
  const publicKey = createPublicKey(privateKey);
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const keyId = keyIdOf(publicKey);
  const signed = (purpose: Purpose, what: object): Signature => {
    const bytes = signedBytes(purpose, { ...what, keyId });
    return { keyId, signature: sign(null, bytes, privateKey).toString('base64url') };
  };
  return {
    keyId,
    publicKeyPem,
    sign: (verdict) => signed('gatehouse-verdict-v2', verdict),
    signAnswer: (answer) => signed('gatehouse-answer-v1', answer),
  };
}

/** True when the signature is over exactly this verdict and by exactly this key. */
export function verdictIsSigned(verdict: SignedVerdict, signature: string, publicKeyPem: string): boolean {
  return isSigned('gatehouse-verdict-v2', verdict, signature, publicKeyPem);
}

/** The same of an agent's answer. */
export function answerIsSigned(answer: SignedAnswer, signature: string, publicKeyPem: string): boolean {
  return isSigned('gatehouse-answer-v1', answer, signature, publicKeyPem);
}

function isSigned(purpose: Purpose, what: object, signature: string, publicKeyPem: string): boolean {
  const bytes = signedBytes(purpose, what);
  return verify(null, bytes, createPublicKey(publicKeyPem), Buffer.from(signature, 'base64url'));
}

function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** RFC 8785 over every field, with the purpose beside them, so that no other signature of the same key can pass for it. */
function signedBytes(purpose: Purpose, what: object): Buffer {
  return Buffer.from(canonicalize({ ...what, purpose }) ?? '', 'utf8');
}
