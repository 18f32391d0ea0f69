import { verify } from 'node:crypto';
import { canonical } from './canonical.ts';
import type { ExportedEntry } from './entry.ts';

/** What the words of a verdict make of a question that they end. */
const ENDS: Readonly<Record<string, string>> = {
  approve: 'approved',
  edit: 'approved',
  override: 'approved',
  reject: 'denied',
};

/**
 * Whether one of the keys signed the verdict that an entry says was given: for its action and question, by its reviewer.
 * Null for every other entry, and for a verdict that cannot be checked: a signal has no signature, and that of an edit covers
 * arguments that the record may not keep in full.
 */
export function isVerdictSigned(entry: ExportedEntry, keys: ReadonlyMap<string, string>): boolean | null {
  const { kind, action, key, actor, data } = entry;
  const proof = data?.['proof'];
  if (kind !== 'verdict' || data === null || typeof proof !== 'object' || proof === null) return null;
  const { signature, detail, ...said } = proof as Record<string, unknown>;
  const edit = isObject(detail) && detail['kind'] === 'edit' ? detail : null;
  const { approvalId, actionDigest, comment, verdict, edited, arguments: args } = data;
  const covered = {
    ...said,
    ...{ approvalId, actionDigest, comment, actionId: action, purpose: 'gatehouse-verdict-v2' },
    detail: edit === null ? detail : { ...edit, arguments: args ?? null },
    verdictId: key.replace(/^verdict:/u, ''),
    reviewer: actor.replace(/^reviewer:/u, ''),
  };
  const word = String(said['verdict']);
  const pem = keys.get(String(said['keyId']));
  const isItsOwn = (verdict === word || verdict === ENDS[word]) && (edit === null || edit['digest'] === edited);
  const bytes = Buffer.from(canonical(covered), 'utf8');
  const isSigned = pem !== undefined && verify(null, bytes, pem, Buffer.from(String(signature), 'base64url'));
  if (isSigned && isItsOwn) return true;
  return edit === null ? false : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
