import { createHash } from 'node:crypto';
import type { Judgement } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';

/** What an entry says of a judgement that stands beside it in the tables. Two, since the evidence can be erased alone. */
export interface JudgementDigests {
  /** Over the judgement with no evidence in its classification; hex. */
  judgementDigest: string;
  /** Over the evidence, which quotes the arguments; hex. */
  evidenceDigest: string;
}

/** The digests of a judgement: hex SHA-256 over the RFC 8785 form of either part. */
export function digestsOf(judgement: Judgement): JudgementDigests {
  const { classification } = judgement as Partial<Judgement>;
  const rest =
    classification === undefined ? judgement : { ...judgement, classification: withoutEvidence(classification) };
  return { judgementDigest: digest(rest), evidenceDigest: digest(classification?.evidence ?? []) };
}

/** The same for a judgement as its row has it. Throws for what is no JSON. */
export function digestsOfJson(json: string): JudgementDigests {
  return digestsOf(JSON.parse(json) as Judgement);
}

/** The evidence digest of a judgement whose evidence was erased. */
export const NO_EVIDENCE = digest([]);

function withoutEvidence(classification: Judgement['classification']): Judgement['classification'] {
  return { ...classification, evidence: [] };
}

function digest(value: object): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '', 'utf8')
    .digest('hex');
}
