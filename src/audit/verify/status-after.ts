import { isFinal, type ActionStatus } from '@gatehouse/sdk/contract';
import type { EventRow } from '../../store/chain.ts';
import { parsed } from './parsed.ts';

/**
 * The status in which its entries leave an action; null where the data that says so was erased. Entries of kinds that move
 * nothing (reminders, refused attempts, answers) leave it where it is.
 */
export function statusAfter(entries: readonly EventRow[]): ActionStatus | null {
  let status: ActionStatus | null = null;
  for (const entry of entries) {
    const { kind } = entry;
    if (kind === 'decided') status = STATUS_OF[said(entry, 'outcome')] ?? null;
    else if (kind === 'rechecked') status = said(entry, 'says') === 'stands' ? 'permitted' : status;
    else if (kind === 'stopped') status = 'cancelled';
    else if (kind === 'held' || kind === 'scheduled' || kind === 'claimed' || isEnd(kind)) status = kind;
  }
  return status;
}

const STATUS_OF: Readonly<Record<string, ActionStatus>> = {
  ALLOW: 'permitted',
  REQUIRE_APPROVAL: 'held',
  BLOCK: 'blocked',
};

const ENDS = ['succeeded', 'failed', 'unknown', 'blocked', 'rejected', 'expired', 'cancelled', 'lapsed'] as const;

function isEnd(kind: string): kind is (typeof ENDS)[number] {
  return (ENDS as readonly string[]).includes(kind) && isFinal(kind as ActionStatus);
}

function said({ data_json: json }: EventRow, field: string): string {
  const value = parsed(json)?.[field];
  return typeof value === 'string' ? value : '';
}
