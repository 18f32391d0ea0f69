import type { ReviewInput, VerdictProof } from './messages.ts';

/** What the entry of a signed verdict keeps of it. */
export function proofOfReview(review: ReviewInput): VerdictProof {
  const { verdict, role, groups, policyDigest, at, keyId, signature, detail } = review;
  const kept = detail?.kind === 'edit' ? { kind: detail.kind, digest: detail.digest } : detail;
  return { verdict, role, groups, policyDigest, at, keyId, signature, detail: kept };
}
