import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ActionRow } from '../../store/actions.ts';
import type { EventRow } from '../../store/chain.ts';
import { digestOfLeft, ERASED_ARGUMENTS } from '../arguments/on-record.ts';
import { FORGED_DIGEST_REASON } from '../forged-digest.ts';
import { parsed } from './parsed.ts';
import { isErased, saidOf } from './said-of.ts';

interface Entries {
  requested: EventRow;
  decided: EventRow;
  entries: readonly EventRow[];
}

/**
 * What is wrong with the arguments in the row of an action. They are those of its digest; or, where its entries say that
 * less was kept, what was left then; or nothing, where somebody has erased it.
 */
export function wrongArguments(action: ActionRow, { requested, decided, entries }: Entries): string[] {
  const own = saidOf(requested, 'digest', action.digest);
  if (own !== action.digest) return [`The arguments of ${action.id} are not those that were decided`];
  if (isErased(requested) && action.context_json === ERASED_ARGUMENTS) return [];
  const left = leftBy(entries);
  if (left !== null && isLeft(action, left)) return [];
  const wrong: string[] = [];
  const isForged = saidOf(decided, 'reason', '') === FORGED_DIGEST_REASON;
  if (!isForged && digestOf(action, action.context_json) !== action.digest) {
    wrong.push(`The arguments of ${action.id} are not those that were decided`);
  }
  if (action.run_context_json !== null && digestOf(action, action.run_context_json) !== action.run_digest) {
    wrong.push(`The arguments that a reviewer gave ${action.id} are not those that were judged`);
  }
  return wrong;
}

/** The digest of what the settings left of the arguments when the action ended; null where they left all. */
export function leftBy(entries: readonly EventRow[]): string | null {
  const kept = entries.map((entry) => saidOf(entry, 'kept', null)).findLast((said) => isKept(said));
  return isKept(kept) ? kept.digest : null;
}

function isKept(said: unknown): said is { digest: string } {
  return typeof said === 'object' && said !== null && 'digest' in said && typeof said.digest === 'string';
}

function isLeft(action: ActionRow, digest: string): boolean {
  try {
    return digestOfLeft(action) === digest;
  } catch {
    return false;
  }
}

function digestOf({ type, target, agent }: ActionRow, json: string): string {
  const canonical = canonicalize({ type, target, arguments: parsed(json), agent }) ?? '';
  return `sha256:${createHash('sha256').update(canonical, 'utf8').digest('hex')}`;
}
