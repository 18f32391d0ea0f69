import type { JsonObject } from '@gatehouse/sdk/contract';
import type { VerdictProof } from '../workflows/messages.ts';
import { verdictIsSigned, type SignedVerdict } from './verdict-signature.ts';

/** The entry of a verdict, as far as its signature covers it. */
export interface VerdictEntry {
  action: string;
  key: string;
  actor: string;
  data: Readonly<Record<string, unknown>>;
}

/** `unproven` is an entry that cannot be checked: of a signal, of an earlier version, or of an edit whose arguments are not kept in full. */
export type Proven = 'proven' | 'unproven' | 'forged';

/** What the words of a verdict make of a question that they end. */
const ENDS: Readonly<Record<string, string>> = {
  approve: 'approved',
  edit: 'approved',
  override: 'approved',
  reject: 'denied',
};

/** Members for the data of a verdict's entry. */
export function proofInEntry(proof: VerdictProof | null): JsonObject {
  return proof === null ? {} : { proof: JSON.parse(JSON.stringify(proof)) as JsonObject };
}

/**
 * Whether the gate signed the verdict that an entry says was given: for this action and this question, by this reviewer,
 * with this comment.
 *
 * @param publicKeys of the keys that may have signed it, PEM by key id
 */
export function isProven(entry: VerdictEntry, publicKeys: ReadonlyMap<string, string>): Proven {
  const { proof, approvalId, actionDigest, comment, verdict, edited, arguments: args } = entry.data;
  if (typeof proof !== 'object' || proof === null) return 'unproven';
  const { signature, detail, ...said } = proof as VerdictProof;
  const isEdit = detail?.kind === 'edit';
  const says = {
    ...said,
    verdictId: entry.key.slice('verdict:'.length),
    detail: isEdit ? { ...detail, arguments: args } : detail,
  };
  const about = {
    actionId: entry.action,
    approvalId,
    actionDigest,
    comment,
    reviewer: entry.actor.replace(/^reviewer:/u, ''),
  };
  const isItsWord = verdict === said.verdict || verdict === ENDS[said.verdict];
  const publicKey = publicKeys.get(said.keyId);
  const isSigned =
    publicKey !== undefined && verdictIsSigned({ ...says, ...about } as SignedVerdict, signature, publicKey);
  if (isSigned && isItsWord && (!isEdit || detail.digest === edited)) return 'proven';
  // What was masked of the arguments was signed with them.
  return isEdit ? 'unproven' : 'forged';
}
